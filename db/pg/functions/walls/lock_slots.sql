-- Locks everything that the old and the new row hold, in the global order and before anything is released: two moves
-- that cross would otherwise each hold what the other wants.
create or replace function lock_slots(a appointments, b appointments) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  perform from slots s
    where s.org_id = a.org_id
      and ((s.resource_id in (a.provider_id, a.room_id, a.equipment_id)
            and s.starts_at >= a.starts_at - make_interval(mins => a.buffer_before_minutes)
            and s.starts_at < a.ends_at + make_interval(mins => a.buffer_after_minutes))
        or (s.resource_id in (b.provider_id, b.room_id, b.equipment_id)
            and s.starts_at >= b.starts_at - make_interval(mins => b.buffer_before_minutes)
            and s.starts_at < b.ends_at + make_interval(mins => b.buffer_after_minutes)))
    order by s.resource_id, s.starts_at
    for update;
end $$;
