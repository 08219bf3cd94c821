-- What the app's role reads. It may select the rows of the organization that its transaction names, and it writes
-- through functions alone.

create function current_org_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('holdfast.org_id', true), '')::uuid;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['organizations', 'sites', 'users', 'sessions', 'resources', 'services',
    'service_providers', 'patients', 'shifts', 'slots', 'appointments', 'claims', 'patient_claims', 'commands', 'changes',
    'audit_events']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('create policy of_this_organization on %I for select using (org_id = current_org_id())', tenant_table);
  end loop;
end $$;

-- Signing in comes before the organization is known.
create function find_login(p_username text)
  returns table (org_id uuid, user_id uuid, password_hash text, role text, display_name text, home_site_id uuid, active boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, user_id, password_hash, role, display_name, home_site_id, active from users where username = lower(p_username)
$$;

create function create_session(p_org_id uuid, p_user_id uuid, p_token_hash bytea, p_expires_at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (org_id, user_id, token_hash, expires_at) values (p_org_id, p_user_id, p_token_hash, p_expires_at)
$$;

create function find_session(p_token_hash bytea)
  returns table (org_id uuid, user_id uuid, role text, display_name text, home_site_id uuid, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select u.org_id, u.user_id, u.role, u.display_name, u.home_site_id, s.expires_at
    from sessions s join users u using (org_id, user_id)
    where s.token_hash = p_token_hash and s.ended_at is null and s.expires_at > now() and u.active
$$;

create function end_session(p_token_hash bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set ended_at = now() where token_hash = p_token_hash and ended_at is null
$$;

-- One function and not a policy over a plain select: policies keep the planner from trigram indexes
-- (0.3 against 103 ms over 200,000 patients).
-- Every word must occur, or nearly so: a typo of one letter in a word of four or more still finds.
-- Without sequential scans, because the planner takes comparing trigrams for cheap: over 3,000 patients it read them all
-- in 20 ms instead of asking the index.
create function search_patients(p_org_id uuid, p_query text, p_limit integer) returns setof patients
  language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  wanted text := without_accents(p_query);
  digits text := regexp_replace(p_query, '[^0-9]', '', 'g');
begin
  return query
    select p.* from patients p
    where p.org_id = p_org_id and p.active
      and (wanted <% p.search_text or p.search_text like '%' || replace(replace(wanted, '%', '\%'), '_', '\_') || '%'
           or (length(digits) >= 4 and p.search_text like '%' || digits || '%'))
    order by word_similarity(wanted, p.search_text) desc, p.display_name, p.patient_id
    limit p_limit;
end $$;

create function quarter_of(at timestamptz) returns integer
  language sql immutable parallel safe
  return (extract(epoch from at) / 900)::integer;

-- What a booking decision needs, from one snapshot (one statement), as core/domain/bookings/facts.ts has it: the
-- service, its providers (p_provider_ids, or all of them), the rooms and the equipment of the site that satisfy it or
-- are named, their open runs and occupancies from p_from to p_until (null: the service's duration later) and its buffers
-- around them, and the patient's visits there.
create function booking_facts(p_org_id uuid, p_site_id uuid, p_service_id uuid, p_patient_id uuid,
                              p_provider_ids uuid[], p_named_ids uuid[], p_from timestamptz, p_until timestamptz)
  returns json language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  s services;
  offering uuid[];
  ids uuid[];
  resource_list json;
  occupied_from timestamptz;
  occupied_until timestamptz;
begin
  select * into s from services where org_id = p_org_id and service_id = p_service_id and active;
  if not found then
    return null;
  end if;
  occupied_from := p_from - make_interval(mins => s.buffer_before_minutes);
  occupied_until := coalesce(p_until, p_from + make_interval(mins => s.duration_minutes))
    + make_interval(mins => s.buffer_after_minutes);
  select array_agg(provider_id) into offering
    from service_providers where org_id = p_org_id and service_id = p_service_id;
  select array_agg(r.resource_id),
      json_agg(json_build_object('resourceId', r.resource_id, 'kind', r.kind, 'name', r.name, 'siteId', r.site_id,
        'roomFeatures', r.room_features, 'equipmentType', r.equipment_type))
    into ids, resource_list
    from resources r
    where r.org_id = p_org_id and r.active
      and (r.resource_id = any (coalesce(p_provider_ids, offering))
        or r.resource_id = any (p_named_ids)
        or (r.site_id = p_site_id and r.kind = 'room' and s.needs_room
            and (s.room_feature is null or s.room_feature = any (r.room_features)))
        or (r.site_id = p_site_id and r.kind = 'equipment' and r.equipment_type = s.equipment_type));
  return json_build_object(
    'service', json_build_object('serviceId', s.service_id, 'name', s.name,
      'durationQuarters', s.duration_minutes / 15, 'bufferBeforeQuarters', s.buffer_before_minutes / 15,
      'bufferAfterQuarters', s.buffer_after_minutes / 15, 'needsRoom', s.needs_room, 'roomFeature', s.room_feature,
      'equipmentType', s.equipment_type, 'patientMayOverlap', s.patient_may_overlap,
      'providerIds', coalesce(offering, '{}')),
    'calendar', json_build_object(
      'siteId', p_site_id,
      'resources', coalesce(resource_list, '[]'),
      'openRuns', coalesce((
        select json_agg(json_build_object('resourceId', run.resource_id, 'siteId', p_site_id,
            'capacity', run.capacity, 'start', run.first, 'end', run.last + 1))
        from (
          select resource_id, capacity, min(q) as first, max(q) as last
          from (
            select resource_id, capacity, quarter_of(starts_at) as q,
              quarter_of(starts_at) - row_number() over (partition by resource_id, capacity order by starts_at) as island
            from slots
            where org_id = p_org_id and resource_id = any (ids) and starts_at >= occupied_from and starts_at < occupied_until
              and open and site_id = p_site_id
          ) numbered
          group by resource_id, capacity, island
        ) run), '[]'),
      'occupancies', coalesce((
        select json_agg(json_build_object('resourceId', o.resource_id, 'appointmentId', o.appointment_id,
            'start', o.first, 'end', o.last + 1))
        from (
          select resource_id, appointment_id, min(quarter_of(starts_at)) as first, max(quarter_of(starts_at)) as last
          from claims
          where org_id = p_org_id and resource_id = any (ids) and starts_at >= occupied_from and starts_at < occupied_until
          group by resource_id, appointment_id
        ) o), '[]')),
    'patientVisits', coalesce((
      select json_agg(json_build_object('appointmentId', v.appointment_id, 'siteId', v.site_id,
          'start', quarter_of(v.starts_at), 'end', quarter_of(v.ends_at)))
      from appointments v
      where v.org_id = p_org_id and v.patient_id = p_patient_id and v.starts_at < occupied_until and v.ends_at > occupied_from
        and v.starts_at >= occupied_from - interval '12 hours'
        and not v.patient_may_overlap and holds_claims(v.status)), '[]'));
end $$;

create function find_appointment(p_org_id uuid, p_appointment_id uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
  select appointment_json(a) from appointments a where a.org_id = p_org_id and a.appointment_id = p_appointment_id
$$;

-- Names for a refusal: services and patients of these appointments.
create function describe_appointments(p_org_id uuid, p_appointment_ids uuid[])
  returns table (appointment_id uuid, service_name text, patient_name text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.appointment_id, s.name, p.display_name
    from appointments a
    join services s using (org_id, service_id)
    left join patients p using (org_id, patient_id)
    where a.org_id = p_org_id and a.appointment_id = any (p_appointment_ids)
$$;
