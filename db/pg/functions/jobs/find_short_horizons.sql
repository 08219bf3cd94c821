-- The organizations with a roster that have no slot from p_from on. It looks for each shift's resource by the key of slots:
-- no index leads with the time alone.
create or replace function holdfast_api.find_short_horizons(p_from timestamptz) returns table (org_id uuid)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select o.org_id from organizations o
    where exists (select from shifts h where h.org_id = o.org_id)
      and not exists (
        select from shifts h
          where h.org_id = o.org_id and exists (
            select from slots s
              where s.org_id = h.org_id and s.resource_id = h.resource_id and s.starts_at >= p_from))
    order by o.org_id
$$;
