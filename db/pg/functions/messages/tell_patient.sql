-- Queues the message of a command to the patient.
--
-- A cancellation withdraws every message of the visit that waits, whatever command queued it, and is told only to a patient
-- who knows of the visit: not where the booking's own message never went out, and not where the last one said "cancelled".
--
-- An undo withdraws the message of the command that it undoes, where it is that command's inverse and comes within the ten
-- seconds for which the message waits. Then there is nothing to tell, if the patient knows the visit as it now is. Otherwise
-- it is told like any other change.
--
-- A sender and this function at once meet at the message's row, so one of them sees what the other did. The visit's commands
-- are found by its events: an index of messages by visit would cost every booking.
create or replace function tell_patient(c command_envelope, a appointments, p_kind text) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  of_visit uuid[];
  last_told text;
  is_settled boolean;
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
    -- By the order of the changes: two messages may have been sent at once.
    select m.kind into last_told
      from appointment_events e join outgoing_messages m on m.org_id = e.org_id and m.command_id = e.command_id
      where e.org_id = c.org_id and e.appointment_id = a.appointment_id and m.sent_at is not null
      order by e.version desc limit 1;
    if last_told = 'cancelled' or (last_told is null and exists (
        select from outgoing_messages where org_id = c.org_id and command_id = any (of_visit) and kind = 'booked')) then
      return;
    end if;
  elsif c.undoes is not null then
    update outgoing_messages set withdrawn_at = clock_timestamp(), withdrawn_by = c.command_id
      where org_id = c.org_id and command_id = c.undoes and appointment_id = a.appointment_id
        and kind = case p_kind when 'moved' then 'moved' when 'reinstated' then 'cancelled' end
        and sent_at is null and withdrawn_at is null and not_before > clock_timestamp();
    is_settled := found;
    if p_kind = 'moved' then
      -- The patient knows the place that the visit had before the undone move.
      is_settled := is_settled and exists (
        select from appointment_events undone join appointment_events before
            on before.org_id = undone.org_id and before.appointment_id = undone.appointment_id
              and before.version = (select max(version) from appointment_events earlier
                where earlier.org_id = undone.org_id and earlier.appointment_id = undone.appointment_id
                  and earlier.version < undone.version)
          where undone.org_id = c.org_id and undone.appointment_id = a.appointment_id and undone.command_id = c.undoes
            and (before.starts_at, before.ends_at, before.provider_id) = (a.starts_at, a.ends_at, a.provider_id));
    else
      -- What the undone cancellation withdrew beside its own message, the patient has not heard.
      is_settled := is_settled and not exists (
        select from appointment_events e join outgoing_messages m on m.org_id = e.org_id and m.command_id = e.command_id
          where e.org_id = c.org_id and e.appointment_id = a.appointment_id and m.withdrawn_by = c.undoes);
    end if;
    if is_settled then
      return;
    end if;
  end if;
  insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, p_kind, a.appointment_id, a.patient_id);
end $$;
