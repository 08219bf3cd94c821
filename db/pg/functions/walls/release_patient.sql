-- Gives back the quarters of the patient of a visit as it was. Raises HF005 where one of them is not this visit's: a statement
-- inside another one has changed the visit meanwhile, and what it took must not be given back.
create or replace function release_patient(a appointments) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  due integer;
  released integer;
begin
  if a.patient_id is null or a.patient_may_overlap or not holds_slots(a.status) then
    return;
  end if;
  due := greatest(0, extract(epoch from least(a.ends_at, a.holds_until) - a.starts_at) / 900);
  delete from patient_claims
    where org_id = a.org_id and patient_id = a.patient_id and appointment_id = a.appointment_id
      and starts_at >= a.starts_at and starts_at < least(a.ends_at, a.holds_until);
  get diagnostics released = row_count;
  if released <> due then
    raise exception using errcode = 'HF005', message = 'the patient''s time is not that of the visit that gives it back';
  end if;
end $$;
