-- Signing in comes before the organization is known. The one place where a password's hash leaves the database, one at a
-- time and by its user name: Argon2 is verified in the server.
create or replace function holdfast_api.find_login(p_username text)
  returns table (org_id uuid, user_id uuid, password_hash text, active boolean)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select org_id, user_id, password_hash, active from users where username = lower(p_username)
$$;
