-- Writes a row and takes it back. A database that is read-only, full or about to stop refuses that as it would refuse a
-- booking, so the readiness check asks for it. The name is new each time: two servers never wait for each other.
create or replace function holdfast_api.check_writable() returns void
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  tried text := 'check-writable ' || gen_random_uuid();
begin
  insert into jobs (name, due_at) values (tried, clock_timestamp());
  delete from jobs where name = tried;
end $$;
