-- Ends the session of this token's hash; one that has ended stays as it is.
create or replace function holdfast_api.end_session(p_token_hash bytea) returns void
  language sql security definer set search_path = holdfast, pg_temp as $$
  update sessions set ended_at = now() where token_hash = p_token_hash and ended_at is null
$$;
