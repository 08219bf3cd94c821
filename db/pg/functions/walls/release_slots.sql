-- Gives back the slots that the visit held as `a` and does not hold as `b`. Raises HF005 where a slot does not name the
-- visit: slots and appointments would then disagree already.
create or replace function release_slots(a appointments, b appointments) returns void
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  held record;
  at timestamptz;
begin
  for held in
    select h.*, kept.from_at as kept_from, kept.until_at as kept_until
      from held_stretches(a) h left join lateral kept_stretch(a, b, h.k) kept on true
  loop
    at := held.from_at;
    while at < held.until_at loop
      if held.kept_until is null or at < held.kept_from or at >= held.kept_until then
        update slots s
          set booked_count = s.booked_count - 1, appointment_ids = array_remove(s.appointment_ids, a.appointment_id)
          where s.org_id = a.org_id and s.resource_id = held.resource_id and s.starts_at = at
            and a.appointment_id = any (s.appointment_ids);
        if not found then
          raise exception using errcode = 'HF005', message = 'the slot does not name the visit that gives it back';
        end if;
      end if;
      at := at + interval '15 minutes';
    end loop;
  end loop;
end $$;
