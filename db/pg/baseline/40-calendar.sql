-- Slots, and the appointments that hold them.
--
-- The shape of the guarantee: a slot names the appointments that hold it and counts them in the same row, and a CHECK holds
-- names, count and capacity together. No appointment row is written without the swap of its slots, because a trigger on
-- appointments makes the swaps. That trigger is the only writer of booked_count and appointment_ids. Guards (db/pg/triggers)
-- refuse every other statement on them, from the app's role, from an import and from the owner of these tables.
--
-- A booking reads no range and no growing index: every rule is a swap, a unique key or a look at a row beside which none
-- is inserted. Under SERIALIZABLE, reads of ranges made 70 % of the bookings fail that conflict with nothing.

-- Every window begins and ends on a quarter of an hour, so plain unique b-trees are exact. A domain and not a column's
-- CHECK: a domain is evaluated when a value enters, a CHECK is prepared anew by the UPDATE of every swap. The calendar
-- begins in 1972, before which zones had offsets off the quarter of an hour, and ends with 2299: infinity is no instant.
create domain quarter_hour as timestamptz
  check (value >= timestamptz '1972-01-01 00:00:00Z' and value < timestamptz '2300-01-01 00:00:00Z'
    and value = date_bin('15 minutes', value, timestamptz '2000-01-01 00:00:00Z'));

-- The version of a visit. A visit that changes every second reaches the end after thirty years.
create domain row_version as integer check (value between 1 and 1000000000);

create domain seat_count as integer check (value between 0 and 100);

-- By which way a visit or a change came: core/domain/people/channels.ts. `sql`: a statement from outside the server.
create domain channel as text
  check (value in ('desk', 'kiosk', 'online', 'link', 'api', 'import', 'job', 'sql'));

-- FHIR Appointment.status, as much of it as there is here: core/domain/statuses.ts.
create domain appointment_status as text check (value in
  ('proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error'));

create domain buffer_minutes as integer check (value between 0 and 120 and value % 15 = 0);

-- fillfactor 50 keeps the swap's update on its page (HOT). Where 16 clients filled two weeks to the last slot, none of 62,502
-- updates left its page at 50, 74 at 60, and 312 and 1,516 in two runs at 70. Such an update enters index leaves that other
-- bookings read, which then fail falsely. For the same reason nothing may index booked_count or appointment_ids.
create table slots (
  org_id uuid not null,
  resource_id uuid not null,
  starts_at quarter_hour not null,
  resource_kind text not null,
  site_id uuid not null,
  open boolean not null default true,
  capacity seat_count not null default 1,
  booked_count seat_count not null default 0,
  -- The appointments that hold the slot, one for each of booked_count. NOT NULL, because a CHECK lets a null pass.
  appointment_ids uuid[] not null default '{}',
  constraint slots_pkey primary key (org_id, resource_id, starts_at),
  foreign key (org_id, resource_id, resource_kind) references resources (org_id, resource_id, kind),
  foreign key (org_id, site_id) references sites,
  constraint slots_never_overbooked check (booked_count <= capacity and cardinality(appointment_ids) = booked_count)
) with (fillfactor = 50);

-- Whether a visit of this status keeps its slots. It lies under the WHEN of a trigger.
create function holds_slots(status text) returns boolean
  language sql immutable parallel safe
  return status not in ('cancelled', 'entered-in-error');

create table appointments (
  org_id uuid not null,
  appointment_id uuid not null,
  version row_version not null default 1,
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
  status appointment_status not null default 'booked',
  -- By which way the visit was booked.
  channel channel not null default 'sql',
  note text not null default '',
  arrived_at timestamptz,
  -- What a cancelled visit was before, for the way back.
  cancelled_from appointment_status,
  -- A visit whose patient did not come holds its slots until here. Null: to its end.
  holds_until quarter_hour,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, appointment_id),
  foreign key (org_id, patient_id) references patients,
  constraint appointments_window check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
  constraint appointments_cancelled_from check (cancelled_from is null or (status = 'cancelled' and holds_slots(cancelled_from))),
  constraint appointments_holds_until check (holds_until is null or status = 'noshow')
) with (fillfactor = 85);
create index appointments_by_day on appointments (org_id, site_id, starts_at);
create index appointments_by_patient on appointments (org_id, patient_id, starts_at);

-- The quarters of a patient's visits, the visit without its buffers. The key keeps a patient from being in two visits at
-- once; a visit of a service whose patients may overlap has none.
create table patient_claims (
  org_id uuid not null,
  patient_id uuid not null,
  starts_at timestamptz not null,
  appointment_id uuid not null,
  constraint patient_claims_one_visit_at_a_time primary key (org_id, patient_id, starts_at)
);
