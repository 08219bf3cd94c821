-- Takes out at most p_limit sessions that expired or were ended more than p_kept_days ago; returns how many.
create or replace function holdfast_api.trim_sessions(p_kept_days integer, p_limit integer) returns integer
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  trimmed integer;
begin
  delete from sessions where (org_id, token_hash) in (
    select org_id, token_hash from sessions
      where least(expires_at, ended_at) < clock_timestamp() - p_kept_days * interval '1 day' limit p_limit);
  get diagnostics trimmed = row_count;
  return trimmed;
end $$;
