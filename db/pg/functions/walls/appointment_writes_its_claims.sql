-- The swaps, and the claims that they pay for.
--
-- Claims are taken in one global order (provider, room, equipment, then time), so that two bookings never wait for
-- each other in a circle: one client in reversed order cost 14 deadlocks and two seconds in a round of 64. A plain loop
-- of point statements beat one set-based statement twice over, and each further function called from here costs more
-- than a swap, because PL/pgSQL prepares its expressions anew in every transaction; that is why all of it stands in one.
create or replace function appointment_writes_its_claims() returns trigger
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  kind text;
  resource uuid;
  at timestamptz;
  until timestamptz;
  taken integer;
  seats integer;
  free_seat integer;
  claimed_resources uuid[];
  claimed_starts timestamptz[];
  claimed_seats integer[];
begin
  if tg_op = 'INSERT' then
    -- A plain look, not a foreign key: all bookings of a service would otherwise lock its one row. It is as sound,
    -- because services are never deleted and keep their key.
    perform from services s where s.org_id = new.org_id and s.service_id = new.service_id;
    if not found then
      raise exception using errcode = 'HF006', message = 'no such service in this organization';
    end if;
  else
    perform lock_slots(old, new);
    if holds_claims(old.status) then
      perform release_claims(old);
    end if;
  end if;
  if not holds_claims(new.status) then
    return null;
  end if;
  for k in 1..3 loop
    if k = 1 then
      kind := 'provider';
      resource := new.provider_id;
    elsif k = 2 then
      kind := 'room';
      resource := new.room_id;
    else
      kind := 'equipment';
      resource := new.equipment_id;
    end if;
    continue when resource is null;
    at := new.starts_at;
    until := new.ends_at;
    -- The provider and the room are kept from buffer to buffer, a piece of equipment for the visit alone.
    if k < 3 and new.buffer_before_minutes + new.buffer_after_minutes > 0 then
      at := at - new.buffer_before_minutes * interval '1 minute';
      until := until + new.buffer_after_minutes * interval '1 minute';
    end if;
    while at < until loop
      -- Compare and swap: of this kind, at this site, open, a seat left.
      update slots s set booked_count = s.booked_count + 1
        where s.org_id = new.org_id and s.resource_id = resource and s.starts_at = at
          and s.resource_kind = kind and s.site_id = new.site_id and s.open and s.booked_count < s.capacity
        returning s.booked_count, s.capacity into taken, seats;
      if not found then
        raise exception using errcode = 'HF001', message = 'slot is not free',
          detail = json_build_object('kind', kind, 'resourceId', resource, 'startsAt', at)::text;
      end if;
      free_seat := 1;
      -- The row lock of the swap makes this read safe; only a slot of several seats needs it.
      if taken > 1 then
        select min(n) into free_seat from generate_series(1, seats) n
          where not exists (select from claims c where c.org_id = new.org_id and c.resource_id = resource
                                                   and c.starts_at = at and c.seat = n);
      end if;
      claimed_resources := claimed_resources || resource;
      claimed_starts := claimed_starts || at;
      claimed_seats := claimed_seats || free_seat;
      at := at + interval '15 minutes';
    end loop;
  end loop;
  insert into claims (org_id, resource_id, starts_at, seat, appointment_id)
    select new.org_id, c.resource_id, c.starts_at, c.seat, new.appointment_id
    from unnest(claimed_resources, claimed_starts, claimed_seats) c (resource_id, starts_at, seat);
  if new.patient_id is not null and not new.patient_may_overlap then
    insert into patient_claims (org_id, patient_id, starts_at, appointment_id)
      select new.org_id, new.patient_id, q, new.appointment_id
      from generate_series(new.starts_at, new.ends_at - interval '15 minutes', interval '15 minutes') q;
  end if;
  return null;
end $$;
