-- Takes out at most p_limit changes that are older than p_kept_days, the oldest first, and remembers the last of them in
-- the same transaction: a reader's snapshot has both or neither. Returns how many. No row of a transaction that is still
-- open goes, so none can come before the place that is remembered. A range of the key, and not a join with the rows that
-- were found: on a table whose statistics are old, that join took seconds.
create or replace function holdfast_api.trim_changes(p_org_id uuid, p_kept_days integer, p_limit integer) returns integer
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  settled xid8 := (
    select least(m.xid, pg_snapshot_xmin(pg_current_snapshot())) from feed_marks m
      where m.marked_at <= clock_timestamp() - p_kept_days * interval '1 day'
      order by m.marked_at desc limit 1);
  last_xid xid8;
  last_seq bigint;
  trimmed integer;
begin
  select old.xid, old.seq into last_xid, last_seq
    from (
      select c.xid, c.seq from changes c where c.org_id = p_org_id and c.xid < settled order by c.xid, c.seq limit p_limit) old
    order by old.xid desc, old.seq desc limit 1;
  if not found then
    return 0;
  end if;
  delete from changes c where c.org_id = p_org_id and (c.xid, c.seq) <= (last_xid, last_seq);
  get diagnostics trimmed = row_count;
  insert into feed_trims as f (org_id, xid, seq) values (p_org_id, last_xid, last_seq)
    on conflict (org_id) do update set xid = excluded.xid, seq = excluded.seq
      where (f.xid, f.seq) < (excluded.xid, excluded.seq);
  return trimmed;
end $$;
