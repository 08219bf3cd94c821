-- What a booking decision needs, from one snapshot (the function is stable), for server/bookings/facts-from-row.ts to
-- read: the service, its providers (p_provider_ids, or all of them), the rooms and the equipment of the site that
-- satisfy it or are named, their open slots and who holds them from p_from to p_until (null: the service's duration
-- later) and its buffers around them, and the patient's visits there. With p_seats_left only slots with a free seat are
-- listed, each with the number of its free seats as its capacity, and nothing is said of who holds the others.
-- `readAt` is the database's clock.
--
-- With p_also_retired the service may be inactive, and so may the resources of p_provider_ids and p_named_ids: a visit can be
-- moved, brought back and explained after its service or its room was retired. `isOffered` says that the service is active,
-- `retiredIds` which of the resources are not.
--
-- Every loser of a race waits for it. Over the 72 resources of a large site and six hours it takes 10 ms, and 2 ms with
-- p_seats_left; with numeric arithmetic on each slot, a window function and an object for each claim it took 25. Raises
-- HF005 for a window of more than 31 days: the widest look of the server is 15.
create or replace function holdfast_api.booking_facts(p_org_id uuid, p_site_id uuid, p_service_id uuid, p_patient_id uuid,
                              p_provider_ids uuid[], p_named_ids uuid[], p_from timestamptz, p_until timestamptz, p_seats_left boolean,
                              p_also_retired boolean)
  returns json language plpgsql stable security definer set search_path = holdfast, pg_temp as $$
declare
  s services;
  offering uuid[];
  ids uuid[];
  retired_ids uuid[];
  resource_list json;
  slot_list json;
  occupancy_list json;
  visit_list json;
  occupied_from timestamptz;
  occupied_until timestamptz;
begin
  select * into s from services where org_id = p_org_id and service_id = p_service_id and (active or p_also_retired);
  if not found then
    return null;
  end if;
  occupied_from := p_from - s.buffer_before_minutes * interval '1 minute';
  occupied_until := coalesce(p_until, p_from + s.duration_minutes * interval '1 minute')
    + s.buffer_after_minutes * interval '1 minute';
  if (isfinite(occupied_from) and occupied_from < occupied_until
      and occupied_until <= occupied_from + interval '31 days') is not true then
    raise exception using errcode = 'HF005', message = 'facts are of a month at most';
  end if;
  select array_agg(provider_id) into offering
    from service_providers where org_id = p_org_id and service_id = p_service_id;
  select array_agg(r."resourceId"), json_agg(r) into ids, resource_list
    from (
      select resource_id as "resourceId", kind, name, site_id as "siteId", room_features as "roomFeatures",
        equipment_type as "equipmentType"
      from resources
      where org_id = p_org_id
        and (active or (p_also_retired and (resource_id = any (p_provider_ids) or resource_id = any (p_named_ids))))
        and (resource_id = any (coalesce(p_provider_ids, offering))
          or resource_id = any (p_named_ids)
          or (site_id = p_site_id and kind = 'room' and s.needs_room
              and (s.room_feature is null or s.room_feature = any (room_features)))
          or (site_id = p_site_id and kind = 'equipment' and equipment_type = s.equipment_type))) r;
  if p_also_retired then
    select array_agg(resource_id) into retired_ids
      from resources where org_id = p_org_id and resource_id = any (ids) and not active;
  end if;
  select json_agg(o) into slot_list
    from (
      select resource_id as "resourceId", array_agg(quarter_of(starts_at) order by starts_at) as quarters,
        array_agg(case when p_seats_left then capacity - booked_count else capacity end order by starts_at) as capacities
      from slots
      where org_id = p_org_id and resource_id = any (ids) and starts_at >= occupied_from and starts_at < occupied_until
        and open and site_id = p_site_id and not (p_seats_left and booked_count >= capacity)
      group by resource_id) o;
  if not p_seats_left then
    select json_agg(o) into occupancy_list
      from (
        select held.resource_id as "resourceId", holder as "appointmentId",
          quarter_of(min(held.starts_at)) as start, quarter_of(max(held.starts_at)) + 1 as "end"
        from slots held, unnest(held.appointment_ids) holder
        where held.org_id = p_org_id and held.resource_id = any (ids) and held.starts_at >= occupied_from and held.starts_at < occupied_until
          and held.booked_count > 0
        group by held.resource_id, holder) o;
  end if;
  select json_agg(v) into visit_list
    from (
      select appointment_id as "appointmentId", site_id as "siteId", quarter_of(starts_at) as start, quarter_of(least(ends_at, holds_until)) as "end"
      from appointments
      where org_id = p_org_id and patient_id = p_patient_id and starts_at < occupied_until and least(ends_at, holds_until) > occupied_from
        and starts_at >= occupied_from - interval '12 hours'
        and not patient_may_overlap and holds_slots(status)) v;
  return json_build_object(
    'readAt', holdfast_api.rfc3339(database_now()), 'isOffered', s.active, 'retiredIds', retired_ids,
    'service', json_build_object('serviceId', s.service_id, 'name', s.name,
      'durationQuarters', s.duration_minutes / 15, 'bufferBeforeQuarters', s.buffer_before_minutes / 15,
      'bufferAfterQuarters', s.buffer_after_minutes / 15, 'needsRoom', s.needs_room, 'roomFeature', s.room_feature,
      'equipmentType', s.equipment_type, 'patientMayOverlap', s.patient_may_overlap,
      'providerIds', coalesce(offering, '{}')),
    'resources', resource_list, 'openSlots', slot_list, 'occupancies', occupancy_list, 'patientVisits', visit_list);
end $$;
