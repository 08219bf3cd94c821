-- pg_trigger_depth() is 0 in a WHEN clause exactly when the statement comes from outside a trigger. The guards call nothing
-- where they let a statement through.
create or replace trigger patient_claims_follow_appointments before insert or update or delete on patient_claims
  for each statement when (pg_trigger_depth() < 1)
  execute function refuse_by_wall('claims are written only with their appointment');
