-- The floor: the rows of one booking written by one call, with nothing checked. The same tables and indexes as the real
-- ones, but no swap, no trigger, no constraint, no isolation above the default.
create schema floor;
grant usage on schema floor to public;
create table floor.slots (like holdfast.slots including indexes including storage) with (fillfactor = 50);
insert into floor.slots select * from holdfast.slots;
create table floor.appointments (like holdfast.appointments including defaults including indexes) with (fillfactor = 85);
create table floor.patient_claims (like holdfast.patient_claims including indexes);
create table floor.commands (like holdfast.commands including defaults including indexes);
create table floor.changes (like holdfast.changes including defaults including indexes including identity);
create table floor.appointment_events (like holdfast.appointment_events including defaults including indexes);
create table floor.outgoing_messages (like holdfast.outgoing_messages including defaults including indexes);

create function floor.book(p_org_id uuid, p_command jsonb, p_visit jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  a appointments := jsonb_populate_record(null::appointments, p_visit);
  quarter constant interval := interval '15 minutes';
  resources constant uuid[] := array[a.provider_id, a.room_id, a.equipment_id];
  verdict jsonb;
  at timestamptz;
begin
  a.org_id := c.org_id;
  a.version := 1;
  a.status := 'booked';
  a.channel := c.channel;
  a.note := '';
  a.created_at := clock_timestamp();
  a.updated_at := a.created_at;
  verdict := done_verdict(a);
  insert into floor.commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict)
    values (c.org_id, c.command_id, c.body_hash, c.command_type, c.actor_kind, c.actor_id, c.desk_id, c.made_at, verdict);
  insert into floor.appointments values (a.*);
  for k in 1..3 loop
    at := a.starts_at;
    while at < a.ends_at loop
      update floor.slots s set booked_count = s.booked_count + 1, appointment_ids = s.appointment_ids || a.appointment_id
        where s.org_id = a.org_id and s.resource_id = resources[k] and s.starts_at = at;
      at := at + quarter;
    end loop;
  end loop;
  insert into floor.patient_claims (org_id, patient_id, starts_at, appointment_id)
    select a.org_id, a.patient_id, q, a.appointment_id from generate_series(a.starts_at, a.ends_at - quarter, quarter) q;
  insert into floor.changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    values (c.org_id, a.site_id, 'appointment', a.appointment_id, a.starts_at, a.ends_at);
  insert into floor.appointment_events (org_id, appointment_id, version, occurred_at, actor_kind, actor_id, desk_id, command_id, channel,
      action, status, site_id, starts_at, ends_at, provider_id, room_id, equipment_id)
    values (c.org_id, a.appointment_id, 1, a.created_at, c.actor_kind, c.actor_id, c.desk_id, c.command_id, c.channel,
      c.command_type, a.status, a.site_id, a.starts_at, a.ends_at, a.provider_id, a.room_id, a.equipment_id);
  insert into floor.outgoing_messages (org_id, command_id, kind, appointment_id, patient_id)
    values (c.org_id, c.command_id, 'booked', a.appointment_id, a.patient_id);
  return verdict;
end $$;
grant execute on function floor.book(uuid, jsonb, jsonb) to public;
