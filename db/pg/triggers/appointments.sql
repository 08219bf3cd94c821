-- What follows from the row: slots, the patient's quarters, an event.
create or replace trigger appointment_takes_effect after insert on appointments
  for each row execute function appointment_takes_effect();
create or replace trigger appointment_changes_effect after update on appointments
  for each row when (
    (old.site_id, old.patient_id, old.provider_id, old.room_id, old.equipment_id, old.starts_at, old.ends_at,
     old.buffer_before_minutes, old.buffer_after_minutes, old.patient_may_overlap, old.holds_until, old.status)
    is distinct from
    (new.site_id, new.patient_id, new.provider_id, new.room_id, new.equipment_id, new.starts_at, new.ends_at,
     new.buffer_before_minutes, new.buffer_after_minutes, new.patient_may_overlap, new.holds_until, new.status))
  execute function appointment_takes_effect();

create or replace trigger appointment_key_and_version before update on appointments
  for each row when (old.org_id <> new.org_id or old.appointment_id <> new.appointment_id
    or old.service_id <> new.service_id or new.version <> old.version + 1)
  execute function refuse_by_wall('an update keeps the key and the service, and raises the version by one');
create or replace trigger appointment_is_never_deleted before delete on appointments
  for each row execute function refuse_by_wall('appointments are cancelled, never deleted');
