-- What was decided, what changed and who did it. A booking updates no row that other bookings update too: one shared row
-- cut 14,234 to 1,065 commits per second. So counters and the like are derived after the commit.

-- The kinds of actors: core/domain/people/actors.ts. A domain, so that one list serves every column.
create domain actor_kind as text check (value in ('person', 'job', 'patient', 'kiosk', 'public-page'));

-- What a row of the feed is about.
create domain change_entity as text check (value in ('appointment', 'slots', 'patient', 'waitlist'));

-- Why a visit was cancelled, and who asked for it: core/domain/bookings/cancel-reasons.ts.
create domain cancel_reason as text check (value in ('patient', 'clinic', 'roster', 'weather', 'other'));
create domain canceller as text check (value in ('patient', 'clinic'));

-- What every command carries: the actor and the channel as the server knows them, the rest from the envelope. `undoes` is
-- the command that this one takes back; null: none. `claimed_at` is when a paired desk says that the command was made, by
-- its clock corrected to the database's; null: the command is made as it arrives.
create type command_envelope as (
  org_id uuid, command_id uuid, body_hash bytea, command_type text, actor_kind actor_kind, actor_id uuid, desk_id text,
  channel channel, made_at timestamptz, claimed_at timestamptz, undoes uuid);

create table commands (
  org_id uuid not null,
  command_id uuid not null,
  -- SHA-256 of the canonical body: a known id with another body is refused, not answered.
  body_hash bytea not null,
  command_type text not null,
  actor_kind actor_kind not null,
  actor_id uuid not null,
  desk_id text not null,
  made_at timestamptz not null,
  -- The verdict: what was done, or why it was refused. Ids only.
  verdict jsonb not null,
  decided_at timestamptz not null default clock_timestamp(),
  replayed_at timestamptz,
  primary key (org_id, command_id)
);

-- The feed that desks pull. A sequence alone loses rows that commit late, so each row carries its transaction id, and
-- readers stay below pg_snapshot_xmin(pg_current_snapshot()).
create table changes (
  org_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  -- Patients and wishes belong to the organization and to no day.
  site_id uuid,
  entity change_entity not null,
  entity_id uuid not null,
  -- The days touched, for a reader that holds a window of days: instants, the moved-from window included.
  touches_from timestamptz,
  touches_until timestamptz,
  primary key (org_id, xid, seq),
  constraint changes_touch_days check (
    (entity in ('patient', 'waitlist')) = (site_id is null) and (site_id is null) = (touches_from is null)
    and (touches_from is null) = (touches_until is null))
);

-- FHIR AuditEvent, pared down: who did what to which row, and why. Visits have appointment_events in its place. Ids only,
-- never a patient's data.
create table audit_events (
  org_id uuid not null,
  audit_event_id bigint generated always as identity,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: the owner of the database acted, by its password; no user is known.
  actor_id uuid,
  actor_kind actor_kind,
  desk_id text not null,
  command_id uuid,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  reason text,
  primary key (org_id, audit_event_id),
  constraint audit_events_actor check ((actor_id is null) = (actor_kind is null))
);

-- What happened to a visit and when: one row for each version that changed its status, its time or a resource, with the
-- visit as it was then. FHIR keeps this as Provenance. Ids only, never a patient's data.
create table appointment_events (
  org_id uuid not null,
  appointment_id uuid not null,
  version integer not null,
  -- When it happened. recorded_at is later where a desk was offline meanwhile.
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  -- Null: a statement from outside the server; no actor is known.
  actor_id uuid,
  actor_kind actor_kind,
  desk_id text,
  command_id uuid,
  channel channel not null,
  -- The command's type, or `insert` and `update` of a statement from outside.
  action text not null,
  status appointment_status not null,
  site_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  provider_id uuid not null,
  room_id uuid,
  equipment_id uuid,
  -- Of a cancellation: why, who asked for it, and what a person wrote beside.
  reason_code cancel_reason,
  cancelled_by canceller,
  reason text,
  constraint appointment_events_pkey primary key (org_id, appointment_id, version),
  constraint appointment_events_actor check ((actor_id is null) = (actor_kind is null))
);
