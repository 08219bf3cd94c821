-- The desks of these tokens' hashes that were not shut out. After a poke all desks of a clinic ask at once: one statement
-- names them, whatever their number.
create or replace function holdfast_api.find_desks(p_token_hashes bytea[]) returns table (token_hash bytea, org_id uuid, desk_id uuid)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select d.token_hash, d.org_id, d.desk_id from desks d where d.token_hash = any (p_token_hashes) and d.revoked_at is null
$$;
