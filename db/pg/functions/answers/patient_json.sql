-- The contract's patient.
create or replace function patient_json(p patients) returns json
  language sql stable parallel safe
  return json_build_object('patientId', p.patient_id, 'displayName', p.display_name, 'birthDate', p.birth_date,
    'phone', p.phone, 'alert', p.alert);
