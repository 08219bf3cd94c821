-- Names for a refusal: services and patients of these appointments.
create or replace function holdfast_api.describe_appointments(p_org_id uuid, p_appointment_ids uuid[])
  returns table (appointment_id uuid, service_name text, patient_name text)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select a.appointment_id, s.name, p.display_name
    from appointments a
    join services s using (org_id, service_id)
    left join patients p using (org_id, patient_id)
    where a.org_id = p_org_id and a.appointment_id = any (p_appointment_ids)
$$;
