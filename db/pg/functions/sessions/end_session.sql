-- Ends the session of this handle and this token's hash; one that has ended stays as it is.
create or replace function holdfast_api.end_session(p_handle text, p_token_hash bytea) returns void
  language sql security definer set search_path = holdfast, pg_temp as $$
  update sessions s set ended_at = now() from organizations o
    where o.handle = p_handle and s.org_id = o.org_id and s.token_hash = p_token_hash and s.ended_at is null
$$;
