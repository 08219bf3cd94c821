-- Slots, appointments and claims.
--
-- The shape of the guarantee: no appointment row is written without its claims, because a trigger on appointments derives
-- the claims from the row. No claim is written without the swap of its slot, because that trigger is the only writer of
-- claims and of booked_count. Guards (db/pg/triggers) refuse every other statement on them, from the app's role, from an
-- import and from the owner of these tables.
--
-- A booking reads no range and no growing index: every rule is a swap, a unique key or a look at a row beside which none
-- is inserted. Under SERIALIZABLE, reads of ranges made 70 % of the bookings fail that conflict with nothing.

-- Every window begins and ends on a quarter of an hour, so plain unique b-trees are exact. A domain and not a column's
-- CHECK: a domain is evaluated when a value enters, a CHECK is prepared anew by the UPDATE of every swap. The calendar
-- begins in 1972, before which zones had offsets off the quarter of an hour, and ends with 2299: infinity is no instant.
create domain quarter_hour as timestamptz
  check (value >= timestamptz '1972-01-01 00:00:00Z' and value < timestamptz '2300-01-01 00:00:00Z'
    and value = date_bin('15 minutes', value, timestamptz '2000-01-01 00:00:00Z'));

create domain seat_count as integer check (value between 0 and 100);

create domain buffer_minutes as integer check (value between 0 and 120 and value % 15 = 0);

-- fillfactor 50 keeps the swap's update on its page (HOT). At 70, half of the swaps left their page when a day was filled
-- densely; such swaps enter index leaves that other bookings read, and 87 of some 13,500 uncontended bookings were run
-- again; at 50, none of some 11,000. For the same reason nothing may index booked_count.
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

-- Whether a visit of this status keeps its slots. It lies under the WHEN of a trigger.
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
  -- What a cancelled visit was before, for the way back.
  cancelled_from text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, appointment_id),
  foreign key (org_id, patient_id) references patients,
  constraint appointments_status check (status in
    ('proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error')),
  constraint appointments_window check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
  constraint appointments_cancelled_from check (cancelled_from is null or status = 'cancelled')
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
