-- A transition has the status as its precondition, never the version: where the status is p_to already, it succeeds and
-- changes nothing. Raises HF003 from any status that is not in p_from, HF005 where p_from, p_to, p_arrival or p_when is
-- missing, HF007 where the visit's time does not allow it, HF001 where a visit takes back slots that are no longer free.
--
-- p_arrival says what becomes of the time of arrival: keep, set (where there is none) or clear. p_when says when the
-- transition makes sense: any, today (the visit begins on this day of its site, or is under way) or begun. A visit whose
-- patient did not come gives back its slots after the running quarter of an hour.
--
-- Which transitions there are is core/domain/bookings/transitions.ts; the call trusts it within these bounds: no visit goes
-- back to proposed or pending, and none that gave all its slots up comes back, because reinstate_appointment does that,
-- with the version that the person saw.
create or replace function holdfast_api.set_appointment_status(p_org_id uuid, p_command jsonb, p_appointment_id uuid, p_from text[], p_to text,
    p_arrival text, p_when text, p_reason_code text, p_cancelled_by text, p_reason text)
  returns jsonb language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  judged timestamptz := judged_at(c.claimed_at);
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  if p_from is null or p_to is null or p_to in ('proposed', 'pending')
    or (p_arrival in ('keep', 'set', 'clear')) is not true or (p_when in ('any', 'today', 'begun')) is not true then
    raise exception using errcode = 'HF005', message = 'there is no such transition';
  end if;
  a := lock_appointment(c, p_appointment_id);
  if a.status <> p_to then
    -- "Is not true": a null among p_from allows nothing.
    if (a.status = any (p_from)) is not true or not holds_slots(a.status) then
      raise exception using errcode = 'HF003', message = 'the status does not allow it';
    end if;
    if p_when = 'begun' and a.starts_at > judged then
      raise exception using errcode = 'HF007', message = 'not-begun';
    end if;
    if p_when = 'today' and not is_of_today(a, judged) then
      raise exception using errcode = 'HF007', message = 'not-today';
    end if;
    a.cancelled_from := case p_to when 'cancelled' then a.status end;
    a.status := p_to;
    a.arrived_at := case p_arrival when 'set' then coalesce(a.arrived_at, judged) when 'keep' then a.arrived_at end;
    a.holds_until := case p_to when 'noshow'
      then date_bin('15 minutes', judged, timestamptz '2000-01-01 00:00:00Z') + interval '15 minutes' end;
    a := change_appointment(c, a, judged, a.starts_at, a.ends_at, p_reason_code, p_cancelled_by, p_reason);
    if p_to = 'cancelled' then
      perform tell_patient(c, a, 'cancelled');
    end if;
  end if;
  return settle_command(c, done_verdict(a));
end $$;
