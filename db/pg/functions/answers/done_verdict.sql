-- The verdict of a command that left the visit so.
create or replace function done_verdict(a appointments) returns jsonb
  language sql stable parallel safe
  return jsonb_build_object('kind', 'done', 'appointment', appointment_json(a));
