-- Takes out at most p_limit commands that were decided more than p_kept_days ago; returns how many. An id is minted at most
-- p_days_ahead after its decision (core/domain/sync/command-age.ts), and begins with that time: so the ids that can be old
-- enough are the beginning of the primary key, and no index on decided_at is kept for this.
create or replace function holdfast_api.trim_commands(p_org_id uuid, p_kept_days integer, p_days_ahead integer, p_limit integer)
  returns integer language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  decided_before timestamptz := clock_timestamp() - p_kept_days * interval '1 day';
  minted_before timestamptz := decided_before + p_days_ahead * interval '1 day';
  first_younger uuid := (lpad(to_hex((extract(epoch from minted_before) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
  trimmed integer;
begin
  delete from commands where org_id = p_org_id and command_id = any (array(
    select command_id from commands
      where org_id = p_org_id and command_id < first_younger and decided_at < decided_before
      order by command_id limit p_limit));
  get diagnostics trimmed = row_count;
  return trimmed;
end $$;
