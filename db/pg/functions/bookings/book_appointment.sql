-- Books. Raises HF001 when a slot is not free, 23505 on patient_claims_one_visit_at_a_time when the patient is busy.
create or replace function holdfast_api.book_appointment(p_command jsonb, p_visit jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command);
  a appointments := jsonb_populate_record(null::appointments, p_visit);
  verdict jsonb;
  known jsonb;
begin
  a.org_id := c.org_id;
  a.version := 1;
  a.status := 'booked';
  a.created_at := clock_timestamp();
  a.updated_at := a.created_at;
  verdict := done_verdict(a);
  known := enter_command(c, verdict);
  if known is not null then
    return known;
  end if;
  insert into appointments values (a.*);
  perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, null);
  -- Without tell_patient, because a booking undoes nothing, and each further function costs more than this row.
  if a.patient_id is not null then
    insert into outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
      values (c.org_id, c.command_id, 'booked', a.appointment_id, a.patient_id);
  end if;
  return verdict;
end $$;
