-- Brings a cancelled visit back to where and as it was: the trigger swaps its slots anew, or everything stays. Raises
-- HF002 when the version is not p_version, HF003 when the visit is not cancelled, else as book_appointment, but never HF007:
-- a reinstatement books nothing new.
create or replace function holdfast_api.reinstate_appointment(p_org_id uuid, p_command jsonb, p_appointment_id uuid, p_version integer) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  a := lock_appointment(c, p_appointment_id);
  -- "Is distinct": no version is another version.
  if a.version is distinct from p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if a.status <> 'cancelled' then
    raise exception using errcode = 'HF003', message = 'only a cancelled appointment comes back';
  end if;
  a.status := coalesce(a.cancelled_from, 'booked');
  a.cancelled_from := null;
  a := change_appointment(c, a, judged_at(c.claimed_at), a.starts_at, a.ends_at);
  perform tell_patient(c, a, 'reinstated');
  return settle_command(c, done_verdict(a));
end $$;
