-- Every organization, for jobs: they go through all of them, one after the other.
create or replace function holdfast_api.find_organizations() returns table (org_id uuid)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select org_id from organizations order by org_id
$$;
