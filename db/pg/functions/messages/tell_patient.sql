-- Queues the message of a command to the patient.
--
-- A cancellation withdraws every message of the visit that waits, whatever command queued it, and is told only to a patient
-- who knows of the visit: not where the booking's own message never went out, and not where the last one said "cancelled".
--
-- An undo withdraws the message of the command that it undoes, where it is that command's inverse and comes within the ten
-- seconds for which the message waits. Then there is nothing to tell. Otherwise it is told like any other change.
--
-- A sender and this function at once meet at the message's row, so one of them sees what the other did. The visit's commands
-- are found by its events: an index of messages by visit would cost every booking.
create or replace function tell_patient(c command_envelope, a appointments, p_kind text) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  of_visit uuid[];
  last_told text;
begin
  if a.patient_id is null then
    return;
  end if;
  if p_kind = 'cancelled' then
    of_visit := array(
      select command_id from appointment_events
        where org_id = c.org_id and appointment_id = a.appointment_id and command_id is not null);
    update outgoing_messages set withdrawn_at = clock_timestamp(), withdrawn_by = c.command_id
      where org_id = c.org_id and command_id = any (of_visit) and sent_at is null and withdrawn_at is null;
    select kind into last_told from outgoing_messages
      where org_id = c.org_id and command_id = any (of_visit) and sent_at is not null
      order by sent_at desc limit 1;
    if last_told = 'cancelled' or (last_told is null and exists (
        select from outgoing_messages where org_id = c.org_id and command_id = any (of_visit) and kind = 'booked')) then
      return;
    end if;
  elsif c.undoes is not null then
    update outgoing_messages set withdrawn_at = clock_timestamp(), withdrawn_by = c.command_id
      where org_id = c.org_id and command_id = c.undoes and appointment_id = a.appointment_id
        and kind = case p_kind when 'moved' then 'moved' when 'reinstated' then 'cancelled' end
        and sent_at is null and withdrawn_at is null and not_before > clock_timestamp();
    if found then
      return;
    end if;
  end if;
  insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, p_kind, a.appointment_id, a.patient_id);
end $$;
