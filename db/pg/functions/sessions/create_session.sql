-- Opens a session of an active person; HF006 without one. How long it lasts is the server's to say, within the 31 days
-- that the table allows. That the password was right is the server's word: passwords are verified there.
create or replace function holdfast_api.create_session(p_org_id uuid, p_user_id uuid, p_token_hash bytea, p_expires_at timestamptz) returns void
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
begin
  if not exists (select from users where org_id = p_org_id and user_id = p_user_id and active) then
    raise exception using errcode = 'HF006', message = 'no such active person in this organization';
  end if;
  insert into sessions (org_id, user_id, token_hash, expires_at) values (p_org_id, p_user_id, p_token_hash, p_expires_at);
end $$;
