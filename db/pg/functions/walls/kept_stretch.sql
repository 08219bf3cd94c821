-- The stretch of the k-th resource (1 provider, 2 room, 3 equipment) that a visit holds before and after an update, at one
-- site. No row where there is none.
create or replace function kept_stretch(a appointments, b appointments, k integer)
  returns table (from_at timestamptz, until_at timestamptz)
  language sql stable set search_path = holdfast, pg_temp as $$
  select greatest(x.from_at, y.from_at), least(x.until_at, y.until_at)
    from held_stretches(a) x join held_stretches(b) y using (k, resource_id)
    where x.k = kept_stretch.k and a.site_id = b.site_id
      and greatest(x.from_at, y.from_at) < least(x.until_at, y.until_at)
$$;
