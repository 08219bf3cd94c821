-- Moves or resizes: the trigger gives the old slots back and takes the new ones, or everything stays. Raises HF002 when
-- the version is not p_version, HF003 when the status is not in p_movable (core/domain/statuses.ts), else as
-- book_appointment. A visit that gave its slots up is never moved, whatever p_movable says.
--
-- p_visit says which visit, and its provider_id, room_id, equipment_id, starts_at and ends_at. Everything else stays as
-- the row has it: site, patient, service, and the buffers, which may be longer than those that the service has by now.
create or replace function holdfast_api.move_appointment(p_org_id uuid, p_command jsonb, p_version integer, p_movable text[], p_visit jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  placed appointments := jsonb_populate_record(null::appointments, p_visit);
  judged timestamptz := judged_at(c.claimed_at);
  known jsonb := enter_command(c, 'null');
  before appointments;
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  before := lock_appointment(c, placed.appointment_id);
  -- "Is distinct": no version is another version.
  if before.version is distinct from p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if (before.status = any (p_movable)) is not true or not holds_slots(before.status) then
    raise exception using errcode = 'HF003', message = 'the appointment can no longer be moved';
  end if;
  if placed.ends_at <= judged then
    raise exception using errcode = 'HF007', message = 'in-the-past';
  end if;
  a := before;
  a.provider_id := placed.provider_id;
  a.room_id := placed.room_id;
  a.equipment_id := placed.equipment_id;
  a.starts_at := placed.starts_at;
  a.ends_at := placed.ends_at;
  -- A patient who has arrived is in the clinic today: the visit stays on this day.
  if before.arrived_at is not null and not is_of_today(a, judged) then
    raise exception using errcode = 'HF007', message = 'not-today';
  end if;
  a := change_appointment(c, a, judged, least(before.starts_at, a.starts_at), greatest(before.ends_at, a.ends_at));
  perform tell_patient(c, a, 'moved');
  return settle_command(c, done_verdict(a));
end $$;
