-- Writes a visit that is there anew as `a`, with its next version, its event and the feed's change of the stretch that it
-- touches; returns the row. The event comes before the row: see appointment_takes_effect. The reason is a cancellation's.
create or replace function change_appointment(c command_envelope, a appointments, p_occurred_at timestamptz,
    p_touches_from timestamptz, p_touches_until timestamptz,
    p_reason_code text default null, p_cancelled_by text default null, p_reason text default null) returns appointments
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  a.version := a.version + 1;
  a.updated_at := clock_timestamp();
  insert into appointment_events (org_id, appointment_id, version, occurred_at, actor_kind, actor_id, desk_id, command_id, channel, action,
      status, site_id, starts_at, ends_at, provider_id, room_id, equipment_id, reason_code, cancelled_by, reason)
    values (c.org_id, a.appointment_id, a.version, p_occurred_at, c.actor_kind, c.actor_id, c.desk_id, c.command_id, c.channel, c.command_type,
      a.status, a.site_id, a.starts_at, a.ends_at, a.provider_id, a.room_id, a.equipment_id, p_reason_code, p_cancelled_by, p_reason);
  insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    values (c.org_id, a.site_id, 'appointment', a.appointment_id, p_touches_from, p_touches_until);
  update appointments set
      provider_id = a.provider_id, room_id = a.room_id, equipment_id = a.equipment_id, starts_at = a.starts_at, ends_at = a.ends_at,
      status = a.status, arrived_at = a.arrived_at, cancelled_from = a.cancelled_from, holds_until = a.holds_until,
      version = a.version, updated_at = a.updated_at
    where org_id = c.org_id and appointment_id = a.appointment_id;
  return a;
end $$;
