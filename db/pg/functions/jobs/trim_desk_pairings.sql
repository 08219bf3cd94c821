-- Takes out at most p_limit pairing codes that expired more than p_kept_days ago, used or not; returns how many.
create or replace function holdfast_api.trim_desk_pairings(p_kept_days integer, p_limit integer) returns integer
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  trimmed integer;
begin
  delete from desk_pairings where (org_id, code_hash) in (
    select org_id, code_hash from desk_pairings
      where expires_at < clock_timestamp() - p_kept_days * interval '1 day' limit p_limit);
  get diagnostics trimmed = row_count;
  return trimmed;
end $$;
