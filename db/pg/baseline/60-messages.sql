-- What a message tells.
create domain message_kind as text check (value in ('booked', 'moved', 'cancelled', 'reinstated'));

-- What a patient is to be told: at most one message for each command. A message waits ten seconds, so that an undo can
-- withdraw it before anyone is told. A sender claims what is due by setting sent_at.
create table outgoing_messages (
  org_id uuid not null,
  command_id uuid not null,
  kind message_kind not null,
  appointment_id uuid not null,
  patient_id uuid not null,
  not_before timestamptz not null default clock_timestamp() + interval '10 seconds',
  sent_at timestamptz,
  withdrawn_at timestamptz,
  -- The undo.
  withdrawn_by uuid,
  primary key (org_id, command_id),
  constraint outgoing_messages_sent_or_withdrawn check (sent_at is null or withdrawn_at is null)
);
