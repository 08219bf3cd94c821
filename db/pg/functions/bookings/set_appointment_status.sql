-- A transition has the status as its precondition, never the version: where the status is p_to already, it succeeds and
-- changes nothing. Raises HF003 from any status that is not in p_from, HF005 where p_from or p_to is missing.
--
-- Which transitions there are is core/domain/bookings/transitions.ts; the call trusts it within these bounds: no visit goes
-- back to proposed or pending, and none that gave its slots up comes back, because reinstate_appointment does that, with
-- the version that the person saw.
create or replace function holdfast_api.set_appointment_status(p_command jsonb, p_appointment_id uuid, p_from text[], p_to text, p_reason text)
  returns jsonb language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command);
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  if p_from is null or p_to is null or p_to in ('proposed', 'pending') then
    raise exception using errcode = 'HF005', message = 'there is no such transition';
  end if;
  a := lock_appointment(c, p_appointment_id);
  if a.status <> p_to then
    -- "Is not true": a null among p_from allows nothing.
    if (a.status = any (p_from)) is not true or not holds_claims(a.status) then
      raise exception using errcode = 'HF003', message = 'the status does not allow it';
    end if;
    update appointments set
        status = p_to, version = a.version + 1, updated_at = clock_timestamp(),
        arrived_at = case p_to when 'booked' then null when 'checked-in' then coalesce(a.arrived_at, clock_timestamp())
                               else a.arrived_at end,
        cancel_reason = coalesce(p_reason, a.cancel_reason),
        cancelled_from = case p_to when 'cancelled' then a.status end
      where org_id = c.org_id and appointment_id = p_appointment_id
      returning * into a;
    perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, p_reason);
    if p_to = 'cancelled' then
      perform tell_patient(c, a, 'cancelled');
    end if;
  end if;
  return settle_command(c, done_verdict(a));
end $$;
