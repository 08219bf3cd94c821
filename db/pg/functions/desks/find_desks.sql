-- The desks of these tokens that were not shut out: for each token the handle that it names and its hash, as in find_sessions.
-- After a poke all desks of a clinic ask at once: one statement names them, whatever their number.
create or replace function holdfast_api.find_desks(p_handles text[], p_token_hashes bytea[])
  returns table (handle text, token_hash bytea, org_id uuid, desk_id uuid)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select o.handle, d.token_hash, d.org_id, d.desk_id
    from unnest(p_handles, p_token_hashes) asked (handle, token_hash)
      join organizations o on o.handle = asked.handle
      join desks d on d.org_id = o.org_id and d.token_hash = asked.token_hash
    where d.revoked_at is null
$$;
