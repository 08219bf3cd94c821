-- The visit as the contract has it, or null.
create or replace function holdfast_api.find_appointment(p_org_id uuid, p_appointment_id uuid) returns jsonb
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select appointment_json(a) from appointments a where a.org_id = p_org_id and a.appointment_id = p_appointment_id
$$;
