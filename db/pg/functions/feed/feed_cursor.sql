-- The cursor of a reader that has all that this snapshot may safely give: the last row below every open transaction, or
-- before all. It is not the snapshot's xmin, which names a transaction of which nothing may be left: those that were rolled
-- back are not written to disk, so that after a crash or a failover their ids are given again, to rows that a reader at
-- the xmin of before would never be given. A row that was seen was committed, so no id up to its own is given again, and
-- whatever can still come is above xmin and so above it.
create or replace function feed_cursor(p_org_id uuid) returns text
  language plpgsql stable set search_path = holdfast, pg_temp as $$
declare
  open_from xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
  return (
    select o.feed_epoch || '.' || coalesce((
        select c.xid::text || '.' || c.seq from changes c
          where c.org_id = p_org_id and c.xid < open_from
          order by c.xid desc, c.seq desc limit 1),
        -- Everything was trimmed: the reader stands at the last row that there was.
        (select f.xid::text || '.' || f.seq from feed_trims f where f.org_id = p_org_id), '0.0')
      from organizations o where o.org_id = p_org_id);
end $$;
