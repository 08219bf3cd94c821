-- The login of a user name within the organization of this handle. The one place where a password's hash leaves the database,
-- one at a time and by its user name: Argon2 is verified in the server.
create or replace function holdfast_api.find_login(p_handle text, p_username text)
  returns table (org_id uuid, user_id uuid, password_hash text, active boolean)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select u.org_id, u.user_id, u.password_hash, u.active
    from organizations o join users u using (org_id)
    where o.handle = p_handle and u.username = lower(p_username)
$$;
