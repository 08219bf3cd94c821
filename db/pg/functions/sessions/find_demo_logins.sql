-- The active people of demo clinics: a server that others can reach looks whether their published passwords still open.
create or replace function holdfast_api.find_demo_logins() returns table (username text, password_hash text)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select u.username, u.password_hash from users u join organizations o using (org_id) where o.is_demo and u.active
$$;
