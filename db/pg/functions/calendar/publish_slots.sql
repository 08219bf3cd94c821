-- The roster becomes slots: opens one slot for each quarter of each stretch, for the resource and at the site of the
-- stretch's shift. A slot that is there stays as it is, closed, raised or booked. Returns how many are new. Raises HF006
-- for a shift that is not of this organization or whose resource is inactive: nothing is published then.
--
-- Raises HF005 for a stretch that is longer than a day (26 hours: the longest day has 25), ends before it begins, or lies
-- more than ten years from now: `infinity` would fill the disk. The server keeps 56 days.
create or replace function holdfast_api.publish_slots(p_org_id uuid, p_shift_ids uuid[], p_starts timestamptz[], p_ends timestamptz[])
  returns integer language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  published integer;
begin
  if exists (
    select from unnest(p_shift_ids, p_starts, p_ends) as stretch (shift_id, starts_at, ends_at)
      where (starts_at < ends_at and ends_at <= starts_at + interval '26 hours'
        and starts_at > now() - interval '10 years' and ends_at < now() + interval '10 years') is not true) then
    raise exception using errcode = 'HF005', message = 'a stretch of slots is a day at most, within ten years of now';
  end if;
  if exists (
    select from unnest(p_shift_ids, p_starts) as stretch (shift_id, starts_at)
      where not exists (select from shifts s join resources r using (org_id, resource_id)
                          where s.org_id = p_org_id and s.shift_id = stretch.shift_id and r.active)) then
    raise exception using errcode = 'HF006', message = 'no such shift of an active resource in this organization';
  end if;
  -- In the order of the key: the index grows at its end, and two publishers never wait for each other in a circle.
  insert into slots (org_id, resource_id, starts_at, resource_kind, site_id)
    select s.org_id, s.resource_id, q, r.kind, s.site_id
    from unnest(p_shift_ids, p_starts, p_ends) as stretch (shift_id, starts_at, ends_at)
      join shifts s on s.org_id = p_org_id and s.shift_id = stretch.shift_id
      join resources r using (org_id, resource_id)
      cross join generate_series(stretch.starts_at, stretch.ends_at - interval '15 minutes', interval '15 minutes') q
    order by s.resource_id, q, s.site_id
    on conflict do nothing;
  get diagnostics published = row_count;
  return published;
end $$;
