-- Slots, appointments and claims, and the walls that make a double booking impossible on every write path.
--
-- The shape of the guarantee: an appointment row cannot be written without its claims, because a trigger on
-- appointments derives them from the row; a claim cannot be written without the swap of its slot, because the same
-- trigger is the only writer of claims and of booked_count. Guards refuse every other statement on them, whoever sends
-- it: the app's role, an import, the owner of these tables.
--
-- Nothing here reads a range or a growing index inside a booking: every rule is a swap, a unique key or a look at a
-- row that is never inserted beside. Under SERIALIZABLE such reads made 70 % of bookings fail that conflict with nothing.

-- 15-minute units are exact for every window, so plain unique b-trees suffice. A domain and not a column's CHECK: it is
-- evaluated when a value enters, while a CHECK is prepared anew by every swap's UPDATE.
create domain quarter_hour as timestamptz
  check (value = date_bin('15 minutes', value, timestamptz '2000-01-01 00:00:00Z'));

create domain seat_count as integer check (value between 0 and 100);

create domain buffer_minutes as integer check (value between 0 and 120 and value % 15 = 0);

-- fillfactor 70 keeps the swap's update on its page (HOT): with full pages neighbours enter index leaves that others
-- read, and 23 to 37 % of uncontended attempts fail falsely. For the same reason nothing may index booked_count.
create table slots (
  org_id uuid not null,
  resource_id uuid not null,
  starts_at quarter_hour not null,
  resource_kind text not null,
  site_id uuid not null,
  open boolean not null default true,
  capacity seat_count not null default 1,
  booked_count seat_count not null default 0,
  constraint slots_pkey primary key (org_id, resource_id, starts_at),
  foreign key (org_id, resource_id, resource_kind) references resources (org_id, resource_id, kind),
  foreign key (org_id, site_id) references sites,
  constraint slots_never_overbooked check (booked_count <= capacity)
) with (fillfactor = 50);

create function holds_claims(status text) returns boolean
  language sql immutable parallel safe
  return status not in ('cancelled', 'entered-in-error');

create table appointments (
  org_id uuid not null,
  appointment_id uuid not null,
  version integer not null default 1,
  site_id uuid not null,
  patient_id uuid,
  service_id uuid not null,
  provider_id uuid not null,
  room_id uuid,
  equipment_id uuid,
  starts_at quarter_hour not null,
  ends_at quarter_hour not null,
  buffer_before_minutes buffer_minutes not null default 0,
  buffer_after_minutes buffer_minutes not null default 0,
  patient_may_overlap boolean not null default false,
  status text not null default 'booked',
  arrived_at timestamptz,
  cancel_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, appointment_id),
  foreign key (org_id, patient_id) references patients,
  constraint appointments_status check (status in
    ('proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')),
  constraint appointments_window check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours')
) with (fillfactor = 85);
create index appointments_by_day on appointments (org_id, site_id, starts_at);
create index appointments_by_patient on appointments (org_id, patient_id, starts_at);

create table claims (
  org_id uuid not null,
  resource_id uuid not null,
  starts_at timestamptz not null,
  seat integer not null,
  appointment_id uuid not null,
  constraint claims_one_per_seat primary key (org_id, resource_id, starts_at, seat)
);

create table patient_claims (
  org_id uuid not null,
  patient_id uuid not null,
  starts_at timestamptz not null,
  appointment_id uuid not null,
  constraint patient_claims_one_visit_at_a_time primary key (org_id, patient_id, starts_at)
);

-- SQLSTATE class HF is ours: HF001 slot not free, HF002 stale version, HF003 the status does not allow it,
-- HF004 command id used with another body, HF005 a wall, HF006 unknown row.

create function refuse_by_wall() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'HF005', message = tg_argv[0], table = tg_table_name;
end $$;

-- Locks everything that the old and the new row occupy, in the global order and before anything is released: two moves
-- that cross would otherwise each hold what the other wants.
create function lock_slots(a appointments, b appointments) returns void language plpgsql as $$
begin
  perform from slots s
    where s.org_id = a.org_id
      and ((s.resource_id in (a.provider_id, a.room_id, a.equipment_id)
            and s.starts_at >= a.starts_at - make_interval(mins => a.buffer_before_minutes)
            and s.starts_at < a.ends_at + make_interval(mins => a.buffer_after_minutes))
        or (s.resource_id in (b.provider_id, b.room_id, b.equipment_id)
            and s.starts_at >= b.starts_at - make_interval(mins => b.buffer_before_minutes)
            and s.starts_at < b.ends_at + make_interval(mins => b.buffer_after_minutes)))
    order by array_position(array['provider', 'room', 'equipment'], s.resource_kind), s.resource_id, s.starts_at
    for update;
end $$;

create function release_claims(a appointments) returns void language plpgsql as $$
begin
  with released as (
    delete from claims
      where org_id = a.org_id
        and resource_id in (a.provider_id, a.room_id, a.equipment_id)
        and starts_at >= a.starts_at - make_interval(mins => a.buffer_before_minutes)
        and starts_at < a.ends_at + make_interval(mins => a.buffer_after_minutes)
        and appointment_id = a.appointment_id
      returning org_id, resource_id, starts_at)
  update slots s set booked_count = s.booked_count - 1
    from released r
    where s.org_id = r.org_id and s.resource_id = r.resource_id and s.starts_at = r.starts_at;
  delete from patient_claims
    where org_id = a.org_id and patient_id = a.patient_id
      and starts_at >= a.starts_at and starts_at < a.ends_at
      and appointment_id = a.appointment_id;
end $$;

-- The swaps, and the claims that they pay for.
--
-- Claims are taken in one global order (provider, room, equipment, then time), so that two bookings never wait for
-- each other in a circle: one client in reversed order cost 14 deadlocks and two seconds in a round of 64. A plain loop
-- of point statements beat one set-based statement twice over, and each further function called from here costs more
-- than a swap, because PL/pgSQL prepares its expressions anew in every transaction; that is why all of it stands in one.
create function appointment_writes_its_claims() returns trigger language plpgsql as $$
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
create trigger appointment_takes_its_claims after insert on appointments
  for each row execute function appointment_writes_its_claims();
create trigger appointment_keeps_its_claims after update on appointments
  for each row when (
    (old.site_id, old.patient_id, old.provider_id, old.room_id, old.equipment_id, old.starts_at, old.ends_at,
     old.buffer_before_minutes, old.buffer_after_minutes, old.patient_may_overlap, holds_claims(old.status))
    is distinct from
    (new.site_id, new.patient_id, new.provider_id, new.room_id, new.equipment_id, new.starts_at, new.ends_at,
     new.buffer_before_minutes, new.buffer_after_minutes, new.patient_may_overlap, holds_claims(new.status)))
  execute function appointment_writes_its_claims();

-- Guards. pg_trigger_depth() is 0 in a WHEN clause exactly when the statement comes from outside a trigger.
create trigger appointment_key_and_version before update on appointments
  for each row when (old.org_id <> new.org_id or old.appointment_id <> new.appointment_id
    or old.service_id <> new.service_id or new.version <> old.version + 1)
  execute function refuse_by_wall('an update keeps the key and the service, and raises the version by one');
create trigger appointment_is_never_deleted before delete on appointments
  for each row execute function refuse_by_wall('appointments are cancelled, never deleted');
create trigger appointments_are_never_truncated before truncate on appointments
  execute function refuse_by_wall('appointments are cancelled, never deleted');

create trigger claims_follow_appointments before insert or update or delete on claims
  for each statement when (pg_trigger_depth() < 1)
  execute function refuse_by_wall('claims are written only with their appointment');
create trigger claims_are_never_truncated before truncate on claims
  execute function refuse_by_wall('claims are written only with their appointment');
create trigger patient_claims_follow_appointments before insert or update or delete on patient_claims
  for each statement when (pg_trigger_depth() < 1)
  execute function refuse_by_wall('claims are written only with their appointment');
create trigger patient_claims_are_never_truncated before truncate on patient_claims
  execute function refuse_by_wall('claims are written only with their appointment');

-- "Of" keeps the swap from evaluating the guards that do not concern it.
create trigger slots_open_unbooked before insert on slots
  for each row when (new.booked_count <> 0)
  execute function refuse_by_wall('a slot begins with nothing booked');
create trigger slots_count_only_claims before update of booked_count on slots
  for each statement when (pg_trigger_depth() < 1)
  execute function refuse_by_wall('booked_count changes only with a claim');
create trigger slots_keep_their_place before update of org_id, resource_id, starts_at, resource_kind, site_id on slots
  for each row when (old.org_id <> new.org_id or old.resource_id <> new.resource_id or old.starts_at <> new.starts_at
    or ((old.resource_kind <> new.resource_kind or old.site_id <> new.site_id) and old.booked_count > 0))
  execute function refuse_by_wall('a booked slot keeps its resource, time and site');
create trigger slots_with_bookings_stay before delete on slots
  for each row when (old.booked_count > 0)
  execute function refuse_by_wall('a booked slot cannot be deleted');
create trigger slots_are_never_truncated before truncate on slots
  execute function refuse_by_wall('a booked slot cannot be deleted');

create trigger services_stay before delete on services
  for each row execute function refuse_by_wall('services are made inactive, never deleted');
create trigger services_keep_their_key before update on services
  for each row when (old.org_id <> new.org_id or old.service_id <> new.service_id)
  execute function refuse_by_wall('services keep their key');
