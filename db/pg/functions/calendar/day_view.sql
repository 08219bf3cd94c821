-- One day of one site as the contract's dayView, from one snapshot. p_from and p_until are the day's own bounds. Raises
-- HF005 where they are not a day (26 hours at most: the longest has 25).
--
-- A desk reads its whole window of days one after another, so this is in the form that is cheap to make: rows that become
-- JSON as they are, at a third of what building each object costs; and of each resource its slots in the order of their
-- key, at half of what sorting those of all resources together costs.
create or replace function holdfast_api.day_view(p_org_id uuid, p_site_id uuid, p_date date, p_from timestamptz, p_until timestamptz,
                         p_with_patients boolean)
  returns json language plpgsql stable security definer set search_path = holdfast, pg_temp as $$
declare
  visit_list json;
  run_list json;
  resource_ids uuid[];
  open_ids uuid[];
  service_ids uuid[];
  patient_ids uuid[];
begin
  if (isfinite(p_from) and p_from < p_until and p_until <= p_from + interval '26 hours') is not true then
    raise exception using errcode = 'HF005', message = 'these bounds are no day';
  end if;
  -- A visit lasts 12 hours at most and has buffers of 2, so an index range on its start finds all that touch.
  select json_agg(v), array_agg(v."providerId") || array_agg(v."roomId") || array_agg(v."equipmentId"),
      array_agg(v."serviceId"), array_agg(v."patientId")
    into visit_list, resource_ids, service_ids, patient_ids
    from (
      select appointment_id as "appointmentId", version, site_id as "siteId", patient_id as "patientId",
        service_id as "serviceId", provider_id as "providerId", room_id as "roomId", equipment_id as "equipmentId",
        holdfast_api.rfc3339(starts_at) as "scheduledStart", (date_part('epoch', ends_at - starts_at) / 60)::integer as "durationMinutes",
        buffer_before_minutes as "bufferBeforeMinutes", buffer_after_minutes as "bufferAfterMinutes",
        patient_may_overlap as "patientMayOverlap", status, holdfast_api.rfc3339(arrived_at) as "arrivedAt",
        holdfast_api.rfc3339(holds_until) as "holdsUntil"
      from appointments
      where org_id = p_org_id and site_id = p_site_id
        and starts_at > p_from - interval '14 hours' and starts_at < p_until + interval '2 hours'
        and starts_at - buffer_before_minutes * interval '1 minute' < p_until
        and ends_at + buffer_after_minutes * interval '1 minute' > p_from
        and holds_slots(status)
      order by starts_at, appointment_id) v;
  -- Through the resources: the slots' key leads with them, and every swap would pay for an index by site.
  select json_agg(run), array_agg(run."resourceId")
    into run_list, open_ids
    from (
      select r.resource_id as "resourceId", holdfast_api.rfc3339(o.first) as "startsAt",
        holdfast_api.rfc3339(o.last + interval '15 minutes') as "endsAt", o.capacity
      from resources r
        cross join lateral (
          select capacity, min(starts_at) as first, max(starts_at) as last
          from (
            select starts_at, capacity, count(*) filter (where is_first) over (order by starts_at) as run
            from (
              select starts_at, capacity,
                lag(starts_at) over before is distinct from starts_at - interval '15 minutes'
                  or lag(capacity) over before <> capacity as is_first
              from slots s
              where s.org_id = p_org_id and s.resource_id = r.resource_id
                and s.starts_at >= p_from and s.starts_at < p_until and s.open and s.site_id = p_site_id
              window before as (order by starts_at)) marked) numbered
          group by run, capacity) o
      where r.org_id = p_org_id and r.active and (r.site_id = p_site_id or r.site_id is null)
      order by r.resource_id, o.first) run;
  return json_build_object(
    'site', (select json_build_object('siteId', t.site_id, 'name', t.name, 'timeZone', t.time_zone)
      from sites t where t.org_id = p_org_id and t.site_id = p_site_id),
    'date', p_date, 'startsAt', holdfast_api.rfc3339(p_from), 'endsAt', holdfast_api.rfc3339(p_until),
    -- The site's rooms and equipment, the providers who have a shift or an open slot there that day, and what a
    -- visit of the day takes, also where it has been retired since.
    'resources', coalesce((
      select json_agg(json_build_object('resourceId', r.resource_id, 'kind', r.kind, 'name', r.name, 'siteId', r.site_id,
          'roomFeatures', r.room_features, 'equipmentType', r.equipment_type)
          order by array_position(array['provider', 'room', 'equipment'], r.kind), r.name, r.resource_id)
        from resources r
        where r.org_id = p_org_id and (
          r.resource_id = any (open_ids) or r.resource_id = any (resource_ids)
          or (r.active and r.site_id = p_site_id)
          or (r.active and exists (
            select from shifts h
            where h.org_id = r.org_id and h.resource_id = r.resource_id and h.site_id = p_site_id
              and h.weekday = extract(isodow from p_date)
              and h.valid_from <= p_date and (h.valid_until is null or h.valid_until >= p_date))))), '[]'),
    'services', coalesce((
      select json_agg(json_build_object('serviceId', s.service_id, 'name', s.name, 'durationMinutes', s.duration_minutes,
          'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes,
          'needsRoom', s.needs_room, 'roomFeature', s.room_feature, 'equipmentType', s.equipment_type,
          'patientMayOverlap', s.patient_may_overlap,
          'providerIds', array(select p.provider_id from service_providers p
            where p.org_id = s.org_id and p.service_id = s.service_id order by p.provider_id))
          order by s.name, s.service_id)
        from services s
        where s.org_id = p_org_id and (s.active or s.service_id = any (service_ids))), '[]'),
    'openRuns', coalesce(run_list, '[]'),
    'appointments', coalesce(visit_list, '[]'),
    'patients', coalesce((
      select json_agg(p)
        from (
          select patient_id as "patientId", display_name as "displayName", birth_date as "birthDate", phone, alert
          from patients
          where p_with_patients and org_id = p_org_id and patient_id = any (patient_ids)
          order by patient_id) p), '[]'),
    'cursor', feed_cursor(p_org_id));
end $$;
