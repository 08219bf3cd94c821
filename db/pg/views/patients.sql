-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.patients with (security_barrier) as
  select org_id, patient_id, display_name, birth_date, phone, alert
    from patients where org_id = holdfast_api.current_org_id();
