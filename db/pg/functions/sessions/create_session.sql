create or replace function holdfast_api.create_session(p_org_id uuid, p_user_id uuid, p_token_hash bytea, p_expires_at timestamptz) returns void
  language sql security definer set search_path = holdfast, pg_temp as $$
  insert into sessions (org_id, user_id, token_hash, expires_at) values (p_org_id, p_user_id, p_token_hash, p_expires_at)
$$;
