-- The handle of the only organization. No row where there is none or where there are several: then a user name alone says
-- nobody.
create or replace function holdfast_api.only_handle() returns table (handle text)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select min(o.handle) from (select handle from organizations limit 2) o having count(*) = 1
$$;
