-- Remembers which transactions have ended by now, for trim_changes to know the age of their changes later; forgets the
-- marks that trim_changes will not look at any more.
create or replace function holdfast_api.mark_feed(p_kept_days integer) returns void
  language sql security definer set search_path = holdfast, pg_temp as $$
  insert into feed_marks (xid) values (pg_snapshot_xmin(pg_current_snapshot()));
  delete from feed_marks
    where marked_at < (
      select max(marked_at) from feed_marks where marked_at <= clock_timestamp() - p_kept_days * interval '1 day');
$$;
