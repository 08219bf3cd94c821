-- What was decided, what changed and who did it. None of these rows is ever updated in a booking: one shared row that
-- every booking updates cut 14,234 to 1,065 commits per second, so counters and the like are derived after commit.

create table commands (
  org_id uuid not null,
  command_id uuid not null,
  -- SHA-256 of the canonical body: a known id with another body is refused, not answered.
  body_hash bytea not null,
  command_type text not null,
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
  site_id uuid not null,
  entity text not null check (entity in ('appointment', 'slots')),
  entity_id uuid not null,
  -- The days touched, for a reader that holds a window of days: instants, the moved-from window included.
  touches_from timestamptz not null,
  touches_until timestamptz not null,
  primary key (org_id, xid, seq)
);

-- FHIR AuditEvent, pared down: who did what to which row, and why. Ids only, never a patient's data.
create table audit_events (
  org_id uuid not null,
  audit_event_id bigint generated always as identity,
  recorded_at timestamptz not null default clock_timestamp(),
  actor_id uuid not null,
  desk_id text not null,
  command_id uuid,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  reason text,
  primary key (org_id, audit_event_id)
);
create trigger audit_is_append_only before update or delete on audit_events
  for each row execute function refuse_by_wall('the audit trail is append-only');
create trigger audit_is_never_truncated before truncate on audit_events
  execute function refuse_by_wall('the audit trail is append-only');
