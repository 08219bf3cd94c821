-- The judge: one function call per command, inside one SERIALIZABLE transaction.

-- What every command carries from the session and the envelope.
create type command_envelope as (
  org_id uuid, command_id uuid, body_hash bytea, command_type text, actor_id uuid, desk_id text, made_at timestamptz);

create function rfc3339(at timestamptz) returns text
  language sql stable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- The contract's appointment: ids, window, status.
create function appointment_json(a appointments) returns jsonb
  language sql stable parallel safe
  return jsonb_build_object(
    'appointmentId', a.appointment_id, 'version', a.version, 'siteId', a.site_id, 'patientId', a.patient_id,
    'serviceId', a.service_id, 'providerId', a.provider_id, 'roomId', a.room_id, 'equipmentId', a.equipment_id,
    'scheduledStart', rfc3339(a.starts_at),
    'durationMinutes', (extract(epoch from a.ends_at - a.starts_at) / 60)::integer,
    'bufferBeforeMinutes', a.buffer_before_minutes, 'bufferAfterMinutes', a.buffer_after_minutes,
    'patientMayOverlap', a.patient_may_overlap, 'status', a.status, 'arrivedAt', rfc3339(a.arrived_at));

-- Enters the command with its verdict, or gives the verdict that it already has. Insert first, read after: a read of
-- the key before the insert makes every pair of concurrent commands look like a cycle to SERIALIZABLE.
-- A replay touches its row, so that the answer's commit waits for the synchronous standby like the first did.
create function enter_command(c command_envelope, p_verdict jsonb) returns jsonb language plpgsql as $$
declare
  known commands;
begin
  if current_setting('transaction_isolation') <> 'serializable' then
    raise exception using errcode = 'HF005', message = 'commands are judged under SERIALIZABLE only';
  end if;
  insert into commands (org_id, command_id, body_hash, command_type, actor_id, desk_id, made_at, verdict)
    values (c.org_id, c.command_id, c.body_hash, c.command_type, c.actor_id, c.desk_id, c.made_at, p_verdict)
    on conflict do nothing;
  if found then
    return null;
  end if;
  update commands set replayed_at = clock_timestamp()
    where org_id = c.org_id and command_id = c.command_id
    returning * into strict known;
  if known.body_hash <> c.body_hash then
    raise exception using errcode = 'HF004', message = 'command id was used with another body';
  end if;
  return known.verdict;
end $$;

create function done_verdict(a appointments) returns jsonb
  language sql stable parallel safe
  return jsonb_build_object('kind', 'done', 'appointment', appointment_json(a));

create function record_change(c command_envelope, p_site_id uuid, p_entity text, p_entity_id uuid,
                              p_from timestamptz, p_until timestamptz, p_reason text) returns void
  language plpgsql as $$
begin
  insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    values (c.org_id, p_site_id, p_entity, p_entity_id, p_from, p_until);
  insert into audit_events (org_id, actor_id, desk_id, command_id, action, entity, entity_id, reason)
    values (c.org_id, c.actor_id, c.desk_id, c.command_id, c.command_type, p_entity, p_entity_id, p_reason);
end $$;

-- Books. Raises HF001 when a slot is not free, 23505 on patient_claims_one_visit_at_a_time when the patient is busy.
create function book_appointment(c command_envelope, a appointments) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  verdict jsonb;
  known jsonb;
begin
  a.org_id := c.org_id;
  a.version := 1;
  a.status := 'booked';
  a.created_at := clock_timestamp();
  a.updated_at := a.created_at;
  verdict := done_verdict(a);
  known := enter_command(c, verdict);
  if known is not null then
    return known;
  end if;
  insert into appointments values (a.*);
  perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, null);
  return verdict;
end $$;

-- The row that a command is about, locked. Raises HF006 when the organization has no such appointment.
create function lock_appointment(c command_envelope, p_appointment_id uuid) returns appointments
  language plpgsql as $$
declare
  found_row appointments;
begin
  select * into found_row from appointments
    where org_id = c.org_id and appointment_id = p_appointment_id
    for update;
  if not found then
    raise exception using errcode = 'HF006', message = 'no such appointment in this organization';
  end if;
  return found_row;
end $$;

create function settle_command(c command_envelope, verdict jsonb) returns jsonb language plpgsql as $$
begin
  update commands set verdict = settle_command.verdict where org_id = c.org_id and command_id = c.command_id;
  return verdict;
end $$;

-- Moves or resizes: the trigger gives the old claims back and takes the new ones, or everything stays.
-- Raises HF002 when the version is not p_version, HF003 when the visit is over or cancelled, else as book_appointment.
create function move_appointment(c command_envelope, p_version integer, a appointments) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, 'null');
  before appointments;
begin
  if known is not null then
    return known;
  end if;
  before := lock_appointment(c, a.appointment_id);
  if before.version <> p_version then
    raise exception using errcode = 'HF002', message = 'the appointment has another version';
  end if;
  if before.status not in ('proposed', 'pending', 'booked', 'arrived', 'checked-in') then
    raise exception using errcode = 'HF003', message = 'the appointment can no longer be moved';
  end if;
  update appointments set
      site_id = a.site_id, provider_id = a.provider_id, room_id = a.room_id, equipment_id = a.equipment_id,
      starts_at = a.starts_at, ends_at = a.ends_at, version = before.version + 1, updated_at = clock_timestamp()
    where org_id = c.org_id and appointment_id = a.appointment_id
    returning * into a;
  perform record_change(c, a.site_id, 'appointment', a.appointment_id,
    least(before.starts_at, a.starts_at), greatest(before.ends_at, a.ends_at), null);
  return settle_command(c, done_verdict(a));
end $$;

-- A transition has the status as its precondition, never the version: where the status is p_to already, it succeeds
-- and changes nothing. Raises HF003 from any status that is not in p_from.
create function set_appointment_status(c command_envelope, p_appointment_id uuid, p_from text[], p_to text, p_reason text)
  returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, 'null');
  a appointments;
begin
  if known is not null then
    return known;
  end if;
  a := lock_appointment(c, p_appointment_id);
  if a.status <> p_to then
    if a.status <> all (p_from) then
      raise exception using errcode = 'HF003', message = 'the status does not allow it';
    end if;
    update appointments set
        status = p_to, version = a.version + 1, updated_at = clock_timestamp(),
        arrived_at = case p_to when 'booked' then null when 'checked-in' then coalesce(a.arrived_at, clock_timestamp())
                               else a.arrived_at end,
        cancel_reason = coalesce(p_reason, a.cancel_reason)
      where org_id = c.org_id and appointment_id = p_appointment_id
      returning * into a;
    perform record_change(c, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at, p_reason);
  end if;
  return settle_command(c, done_verdict(a));
end $$;

-- Raises the capacity of open slots; never lowers one. Raises HF001 when one of them is not there or not open.
create function raise_capacity(c command_envelope, p_resource_id uuid, p_starts timestamptz[], p_capacity integer, p_reason text)
  returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  known jsonb := enter_command(c, '{"kind": "done", "appointment": null}');
  slot slots;
  at timestamptz;
begin
  if known is not null then
    return known;
  end if;
  foreach at in array (select array_agg(distinct s order by s) from unnest(p_starts) s) loop
    update slots set capacity = greatest(capacity, p_capacity)
      where org_id = c.org_id and resource_id = p_resource_id and starts_at = at and open
      returning * into slot;
    if not found then
      raise exception using errcode = 'HF001', message = 'slot is not open';
    end if;
    perform record_change(c, slot.site_id, 'slots', p_resource_id, at, at + interval '15 minutes', p_reason);
  end loop;
  return '{"kind": "done", "appointment": null}'::jsonb;
end $$;

-- A final refusal, in a transaction of its own; a verdict that is already there wins.
create function refuse_command(c command_envelope, p_verdict jsonb) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return coalesce(enter_command(c, p_verdict), p_verdict);
end $$;
