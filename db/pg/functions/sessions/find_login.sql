-- Signing in comes before the organization is known.
create or replace function holdfast_api.find_login(p_username text)
  returns table (org_id uuid, user_id uuid, password_hash text, role text, display_name text, home_site_id uuid, active boolean)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select org_id, user_id, password_hash, role, display_name, home_site_id, active from users where username = lower(p_username)
$$;
