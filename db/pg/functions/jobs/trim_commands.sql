-- Takes out at most p_limit commands that were decided more than p_kept_days ago, by PostgreSQL's clock, which wrote
-- decided_at; returns how many. None of them has an id from p_minted_before on, by the server's clock, which judged the
-- ids (core/domain/sync/command-age.ts). An id begins with its time: so the ids that can be old enough are the beginning of
-- the primary key, and no index on decided_at is kept for this.
create or replace function holdfast_api.trim_commands(p_org_id uuid, p_kept_days integer, p_minted_before timestamptz, p_limit integer)
  returns integer language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  decided_before timestamptz := clock_timestamp() - p_kept_days * interval '1 day';
  first_younger uuid := (lpad(to_hex((extract(epoch from p_minted_before) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
  trimmed integer;
begin
  delete from commands where org_id = p_org_id and command_id = any (array(
    select command_id from commands
      where org_id = p_org_id and command_id < first_younger and decided_at < decided_before
      order by command_id limit p_limit));
  get diagnostics trimmed = row_count;
  return trimmed;
end $$;
