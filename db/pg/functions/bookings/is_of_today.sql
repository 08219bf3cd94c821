-- Whether the visit begins on the day that its site has at `p_now`, or is under way then.
create or replace function is_of_today(a appointments, p_now timestamptz) returns boolean
  language sql stable set search_path = holdfast, pg_temp as $$
  select (a.starts_at at time zone t.time_zone)::date = (p_now at time zone t.time_zone)::date
      or (a.starts_at <= p_now and p_now < a.ends_at)
    from sites t where t.org_id = a.org_id and t.site_id = a.site_id
$$;
