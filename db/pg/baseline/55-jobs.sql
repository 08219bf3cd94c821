-- The server's own work: whose turn it is, and up to where the feed was trimmed. A booking writes none of these rows.

-- One row a job. A server that runs a job's turn has it until `claimed_until`, and longer while it says so. No lock and no
-- transaction is held meanwhile: the feed waits for every open transaction (docs/adr/0005). All instants are the server's.
create table jobs (
  name text primary key,
  due_at timestamptz not null,
  -- A new id for each turn, so that a server which lost its turn finishes nobody else's.
  claimed_by uuid,
  claimed_until timestamptz,
  -- In a row, since the last success.
  failures integer not null default 0,
  succeeded_at timestamptz,
  constraint jobs_claimed_until check ((claimed_by is null) = (claimed_until is null))
);

-- Every change of a transaction below `xid` was committed before `marked_at`. So the age of a change is known without a
-- time in each row: a booking writes one column less, and the rows to trim are a range of the primary key.
create table feed_marks (
  marked_at timestamptz primary key default clock_timestamp(),
  xid xid8 not null
);

-- The last change of an organization that was trimmed. A reader whose cursor lies before it reads everything anew.
create table feed_trims (
  org_id uuid primary key references organizations,
  xid xid8 not null,
  seq bigint not null
);
