-- The clock that judges commands, for a server to measure its own against.
create or replace function holdfast_api.database_time() returns timestamptz
  language sql volatile security definer set search_path = holdfast, pg_temp as $$
  select database_now()
$$;
