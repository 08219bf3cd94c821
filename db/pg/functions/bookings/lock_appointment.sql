-- The row that a command is about, locked. Raises HF006 when the organization has no such appointment.
create or replace function lock_appointment(c command_envelope, p_appointment_id uuid) returns appointments
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  found_row appointments;
begin
  select * into found_row from appointments
    where org_id = c.org_id and appointment_id = p_appointment_id
    for update;
  if not found then
    raise exception using errcode = 'HF006', message = 'no such appointment in this organization';
  end if;
  return found_row;
end $$;
