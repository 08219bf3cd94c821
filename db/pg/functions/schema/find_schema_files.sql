-- The files of which this database was made, for the readiness check.
create or replace function holdfast_api.find_schema_files() returns table (name text)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select f.name from schema_files f order by f.name
$$;
