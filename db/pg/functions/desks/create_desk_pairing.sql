create or replace function holdfast_api.create_desk_pairing(p_org_id uuid, p_invited_by uuid, p_code_hash bytea) returns timestamptz
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  until timestamptz := clock_timestamp() + interval '10 minutes';
begin
  delete from desk_pairings where org_id = p_org_id and expires_at < now() - interval '1 day';
  insert into desk_pairings (org_id, code_hash, invited_by, expires_at) values (p_org_id, p_code_hash, p_invited_by, until);
  return until;
end $$;
