-- Remembers which transactions have ended by now, for trim_changes to know the age of their changes later; forgets the
-- marks that trim_changes will not look at any more. Raises HF005 for less than a day: no server keeps so little.
create or replace function holdfast_api.mark_feed(p_kept_days integer) returns void
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
begin
  if (p_kept_days >= 1) is not true then
    raise exception using errcode = 'HF005', message = 'the feed is kept for a day at least';
  end if;
  insert into feed_marks (xid) values (pg_snapshot_xmin(pg_current_snapshot()));
  delete from feed_marks
    where marked_at < (
      select max(marked_at) from feed_marks where marked_at <= clock_timestamp() - p_kept_days * interval '1 day');
end $$;
