import type postgres from 'postgres';

/**
 * Looks for broken promises with SQL that shares nothing with the code that keeps them: it derives from the appointments
 * alone what every slot must hold. Empty when the calendar is sound. Without an organization it looks at all of them.
 */
export async function findInconsistencies(
  admin: postgres.Sql,
  orgId: string | null = null,
): Promise<{ promise: string; found: string }[]> {
  const ofOrganization = orgId === null ? admin`true` : admin`org_id = ${orgId}`;
  return admin<{ promise: string; found: string }[]>`
    with held as (
      select a.*, a.starts_at - make_interval(mins => a.buffer_before_minutes) as occupied_from,
        least(a.ends_at + make_interval(mins => a.buffer_after_minutes), a.holds_until) as occupied_until,
        least(a.ends_at, a.holds_until) as held_until
      from holdfast.appointments a where a.status not in ('cancelled', 'entered-in-error') and ${ofOrganization}
    ), due as (
      select org_id, appointment_id, provider_id as resource_id, q as starts_at
        from held, generate_series(occupied_from, occupied_until - interval '15 minutes', interval '15 minutes') q
      union all
      select org_id, appointment_id, room_id, q
        from held, generate_series(occupied_from, occupied_until - interval '15 minutes', interval '15 minutes') q
        where room_id is not null
      union all
      select org_id, appointment_id, equipment_id, q
        from held, generate_series(starts_at, held_until - interval '15 minutes', interval '15 minutes') q
        where equipment_id is not null
    ), load as (
      select org_id, resource_id, starts_at, count(*) as visits from due group by org_id, resource_id, starts_at
    ), named as (
      select org_id, resource_id, starts_at, holder as appointment_id
        from holdfast.slots, unnest(appointment_ids) holder where ${ofOrganization}
    )
    select 'no slot holds more visits than its capacity' as promise, l.resource_id || ' ' || l.starts_at as found
      from load l left join holdfast.slots s using (org_id, resource_id, starts_at) where l.visits > coalesce(s.capacity, 0)
    union all
    select 'every held slot names its appointment', d.appointment_id || ' ' || d.starts_at
      from due d left join named n using (org_id, appointment_id, resource_id, starts_at) where n.org_id is null
    union all
    select 'every appointment that a slot names holds it', coalesce(n.appointment_id::text, 'null') || ' ' || n.starts_at
      from named n left join due d using (org_id, appointment_id, resource_id, starts_at) where d.org_id is null
    union all
    select 'a slot names an appointment once', n.appointment_id || ' ' || n.starts_at
      from named n group by n.org_id, n.resource_id, n.starts_at, n.appointment_id having count(*) > 1
    union all
    select 'booked_count is the number of names', s.resource_id || ' ' || s.starts_at
      from holdfast.slots s
      where s.booked_count is distinct from cardinality(s.appointment_ids) and ${ofOrganization}
    union all
    select 'the time of a patient is that of their visits', appointment_id || ' ' || starts_at
      from (
        select org_id, patient_id, appointment_id, q as starts_at
          from held, generate_series(starts_at, held_until - interval '15 minutes', interval '15 minutes') q
          where patient_id is not null and not patient_may_overlap) w
        full join (select * from holdfast.patient_claims where ${ofOrganization}) c
          using (org_id, patient_id, starts_at, appointment_id)
      where not (w is not null and c is not null)
    union all
    select 'a patient is in one visit at a time', a.appointment_id || ' ' || b.appointment_id
      from held a join held b on b.org_id = a.org_id and b.patient_id = a.patient_id and b.appointment_id > a.appointment_id
        and a.starts_at < b.held_until and b.starts_at < a.held_until
        and a.starts_at < a.held_until and b.starts_at < b.held_until
      where not a.patient_may_overlap and not b.patient_may_overlap`;
}
