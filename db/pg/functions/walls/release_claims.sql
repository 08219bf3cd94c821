-- Gives back what the row occupies: its claims, and with each the count of its slot.
create or replace function release_claims(a appointments) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  with released as (
    delete from claims
      where org_id = a.org_id
        and resource_id in (a.provider_id, a.room_id, a.equipment_id)
        and starts_at >= a.starts_at - make_interval(mins => a.buffer_before_minutes)
        and starts_at < a.ends_at + make_interval(mins => a.buffer_after_minutes)
        and appointment_id = a.appointment_id
      returning org_id, resource_id, starts_at)
  update slots s set booked_count = s.booked_count - 1
    from released r
    where s.org_id = r.org_id and s.resource_id = r.resource_id and s.starts_at = r.starts_at;
  delete from patient_claims
    where org_id = a.org_id and patient_id = a.patient_id
      and starts_at >= a.starts_at and starts_at < a.ends_at
      and appointment_id = a.appointment_id;
end $$;
