-- The feed after (p_xid, p_seq), from one snapshot and for server/calendar/feed.ts to read: at most p_limit rows, the
-- oldest or the newest of them, in order; each with its visit or its patient as they stand in the snapshot. Raises HF005
-- without a limit of at most 5000: the server asks for 2001.
create or replace function holdfast_api.feed_page(p_org_id uuid, p_xid xid8, p_seq bigint, p_limit integer, p_newest boolean) returns json
  language plpgsql stable security definer set search_path = holdfast, pg_temp as $$
declare
  open_from xid8 := pg_snapshot_xmin(pg_current_snapshot());
  page changes[];
begin
  if (p_limit between 1 and 5000) is not true then
    raise exception using errcode = 'HF005', message = 'a page of the feed has a limit';
  end if;
  if p_newest then
    page := array(
      select c from changes c
        where c.org_id = p_org_id and (c.xid, c.seq) > (p_xid, p_seq) and c.xid < open_from
        order by c.xid desc, c.seq desc limit p_limit);
  else
    page := array(
      select c from changes c
        where c.org_id = p_org_id and (c.xid, c.seq) > (p_xid, p_seq) and c.xid < open_from
        order by c.xid, c.seq limit p_limit);
  end if;
  return json_build_object(
    'head', feed_cursor(p_org_id),
    'xmin', open_from::text,
    'xmax', pg_snapshot_xmax(pg_current_snapshot())::text,
    'trimmed', coalesce(
      (select json_build_object('xid', f.xid::text, 'seq', f.seq::text) from feed_trims f where f.org_id = p_org_id),
      json_build_object('xid', '0', 'seq', '0')),
    'withheld', exists (select from changes c where c.org_id = p_org_id and c.xid >= open_from),
    'rows', coalesce((
      select json_agg(json_build_object('xid', c.xid::text, 'seq', c.seq::text, 'entity', c.entity, 'entityId', c.entity_id,
          'siteId', c.site_id, 'touchesFrom', holdfast_api.rfc3339(c.touches_from), 'touchesUntil', holdfast_api.rfc3339(c.touches_until),
          'appointment', case when a.org_id is not null then appointment_json(a) end,
          'patient', case when p.org_id is not null then patient_json(p) end) order by c.xid, c.seq)
        from unnest(page) c
          left join appointments a on c.entity = 'appointment' and a.org_id = p_org_id and a.appointment_id = c.entity_id
          left join patients p on p.org_id = p_org_id
            and p.patient_id = case c.entity when 'patient' then c.entity_id else a.patient_id end), '[]'));
end $$;
