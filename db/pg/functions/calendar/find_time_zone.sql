-- The IANA zone of a site, or null where the organization has no such site.
create or replace function holdfast_api.find_time_zone(p_org_id uuid, p_site_id uuid) returns text
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select time_zone from sites where org_id = p_org_id and site_id = p_site_id
$$;
