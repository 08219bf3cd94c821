-- Keeps the hash of a code by which one desk may join, for ten minutes; returns their end. An active person of the
-- organization invites; without one (HF006 for the app's role) it is the owner of the database, by the owner's own login.
create or replace function holdfast_api.create_desk_pairing(p_org_id uuid, p_invited_by uuid, p_code_hash bytea) returns timestamptz
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  until timestamptz := clock_timestamp() + interval '10 minutes';
begin
  -- Within this function current_user is the owner, and session_user the role that signed in to the database.
  if not exists (select from users where org_id = p_org_id and user_id = p_invited_by and active)
      and not (p_invited_by is null and pg_has_role(session_user, current_user, 'member')) then
    raise exception using errcode = 'HF006', message = 'no such active person in this organization';
  end if;
  delete from desk_pairings where org_id = p_org_id and expires_at < now() - interval '1 day';
  insert into desk_pairings (org_id, code_hash, invited_by, expires_at) values (p_org_id, p_code_hash, p_invited_by, until);
  return until;
end $$;
