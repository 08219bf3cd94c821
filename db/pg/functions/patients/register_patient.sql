-- Registers an active patient. Raises 23505 on patients_pkey when the id is taken. Likely duplicates are for the
-- person at the desk to judge, before; what makes a good name or number is the contract's to say.
create or replace function holdfast_api.register_patient(p_org_id uuid, p_command jsonb, p_patient jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  p patients := jsonb_populate_record(null::patients, p_patient);
  verdict jsonb := '{"kind": "done", "appointment": null}';
  known jsonb := enter_command(c, verdict);
begin
  if known is not null then
    return known;
  end if;
  insert into patients (org_id, patient_id, display_name, birth_date, phone, alert)
    values (c.org_id, p.patient_id, p.display_name, p.birth_date, p.phone, p.alert);
  perform record_change(c, null, 'patient', p.patient_id, null, null, null);
  return verdict;
end $$;
