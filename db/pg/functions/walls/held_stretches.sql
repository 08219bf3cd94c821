-- What a row of appointments holds: for its provider (k = 1), room (2) and equipment (3) the stretch from its first slot to
-- the end of its last. No row for a resource that it does not hold. The provider and the room are kept from buffer to buffer.
create or replace function held_stretches(a appointments)
  returns table (k integer, resource_id uuid, from_at timestamptz, until_at timestamptz)
  language sql immutable set search_path = holdfast, pg_temp as $$
  select h.k, h.resource_id, h.from_at, least(h.until_at, a.holds_until)
    from (values
      (1, a.provider_id, a.starts_at - make_interval(mins => a.buffer_before_minutes), a.ends_at + make_interval(mins => a.buffer_after_minutes)),
      (2, a.room_id, a.starts_at - make_interval(mins => a.buffer_before_minutes), a.ends_at + make_interval(mins => a.buffer_after_minutes)),
      (3, a.equipment_id, a.starts_at::timestamptz, a.ends_at::timestamptz)) h (k, resource_id, from_at, until_at)
    where holds_slots(a.status) and h.resource_id is not null and h.from_at < least(h.until_at, a.holds_until)
$$;
