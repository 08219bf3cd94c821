-- Finds the first slot that the visit must hold and that does not name the visit. Null: every slot names it.
create or replace function missing_slot(a appointments) returns json
  language sql stable set search_path = holdfast, pg_temp as $$
  select json_build_object('kind', (array['provider', 'room', 'equipment'])[h.k], 'resourceId', h.resource_id, 'startsAt', at)
    from held_stretches(a) h
      cross join generate_series(h.from_at, h.until_at - interval '15 minutes', interval '15 minutes') at
    where not exists (
      select from slots s where s.org_id = a.org_id and s.resource_id = h.resource_id and s.starts_at = at
        and a.appointment_id = any (s.appointment_ids))
    order by h.k, at limit 1
$$;
