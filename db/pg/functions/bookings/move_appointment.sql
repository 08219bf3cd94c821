-- Moves or resizes: the trigger gives the old claims back and takes the new ones, or everything stays. Raises HF002 when
-- the version is not p_version, HF003 when the visit is over or cancelled, else as book_appointment.
--
-- p_visit says which visit, and its provider_id, room_id, equipment_id, starts_at and ends_at. Everything else stays as
-- the row has it: site, patient, service, and the buffers, which may be longer than those that the service has by now.
create or replace function holdfast_api.move_appointment(p_command jsonb, p_version integer, p_visit jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command);
  a appointments := jsonb_populate_record(null::appointments, p_visit);
  known jsonb := enter_command(c, 'null');
  before appointments;
begin
  if known is not null then
    return known;
  end if;
  before := lock_appointment(c, a.appointment_id);
  -- "Is distinct": no version is another version.
  if before.version is distinct from p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if before.status not in ('proposed', 'pending', 'booked', 'arrived', 'checked-in') then
    raise exception using errcode = 'HF003', message = 'the appointment can no longer be moved';
  end if;
  update appointments set
      provider_id = a.provider_id, room_id = a.room_id, equipment_id = a.equipment_id,
      starts_at = a.starts_at, ends_at = a.ends_at, version = before.version + 1, updated_at = clock_timestamp()
    where org_id = c.org_id and appointment_id = a.appointment_id
    returning * into a;
  perform record_change(c, a.site_id, 'appointment', a.appointment_id,
    least(before.starts_at, a.starts_at), greatest(before.ends_at, a.ends_at), null);
  perform tell_patient(c, a, 'moved');
  return settle_command(c, done_verdict(a));
end $$;
