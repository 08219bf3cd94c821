-- Queues the message of a command to the patient. An undo withdraws the message of the command that it undoes, and then there
-- is nothing to tell. Where that message was sent already, the undo gets a message of its own. A sender and an undo at once
-- meet at the message's row, so one of them sees what the other did.
create or replace function tell_patient(c command_envelope, a appointments, p_kind text) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  if a.patient_id is null then
    return;
  end if;
  if c.undoes is not null then
    update outgoing_messages set withdrawn_at = clock_timestamp(), withdrawn_by = c.command_id
      where org_id = c.org_id and command_id = c.undoes and appointment_id = a.appointment_id
        and sent_at is null and withdrawn_at is null;
    if found then
      return;
    end if;
  end if;
  insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, p_kind, a.appointment_id, a.patient_id);
end $$;
