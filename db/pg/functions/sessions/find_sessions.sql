-- The open sessions of these tokens' hashes, with their people. The people at many desks ask at the same moments, as their
-- desks do, so one statement asks for all of them.
create or replace function holdfast_api.find_sessions(p_token_hashes bytea[])
  returns table (token_hash bytea, org_id uuid, user_id uuid, role text, display_name text, home_site_id uuid, expires_at timestamptz)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select s.token_hash, u.org_id, u.user_id, u.role, u.display_name, u.home_site_id, s.expires_at
    from sessions s join users u using (org_id, user_id)
    where s.token_hash = any (p_token_hashes) and s.ended_at is null and s.expires_at > now() and u.active
$$;
