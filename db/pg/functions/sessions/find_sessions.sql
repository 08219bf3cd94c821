-- The open sessions of these tokens, with their people: for each token the handle that it names and its hash. A token that
-- names another organization than its session's is unknown. The people at many desks ask at the same moments, as their desks
-- do, so one statement asks for all of them.
create or replace function holdfast_api.find_sessions(p_handles text[], p_token_hashes bytea[])
  returns table (handle text, token_hash bytea, org_id uuid, user_id uuid, role text, display_name text, home_site_id uuid, expires_at timestamptz)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select o.handle, s.token_hash, u.org_id, u.user_id, u.role, u.display_name, u.home_site_id, s.expires_at
    from unnest(p_handles, p_token_hashes) asked (handle, token_hash)
      join organizations o on o.handle = asked.handle
      join sessions s on s.org_id = o.org_id and s.token_hash = asked.token_hash
      join users u on u.org_id = s.org_id and u.user_id = s.user_id
    where s.ended_at is null and s.expires_at > now() and u.active
$$;
