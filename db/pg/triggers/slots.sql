-- "Update of" keeps the swap from evaluating the guards that do not concern it.
create or replace trigger slots_open_unbooked before insert on slots
  for each row when (new.booked_count <> 0)
  execute function refuse_by_wall('a slot begins with nothing booked');
create or replace trigger slots_follow_appointments before update of booked_count, appointment_ids on slots
  for each statement when (pg_trigger_depth() < 1)
  execute function refuse_by_wall('who holds a slot changes only with an appointment');
create or replace trigger slots_keep_their_place before update of org_id, resource_id, starts_at, resource_kind, site_id on slots
  for each row when (old.org_id <> new.org_id or old.resource_id <> new.resource_id or old.starts_at <> new.starts_at
    or ((old.resource_kind <> new.resource_kind or old.site_id <> new.site_id) and old.booked_count > 0))
  execute function refuse_by_wall('a booked slot keeps its resource, time and site');
create or replace trigger slots_with_bookings_stay before delete on slots
  for each row when (old.booked_count > 0)
  execute function refuse_by_wall('a booked slot cannot be deleted');
