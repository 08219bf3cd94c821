-- Desks that are paired with the server. Each has a credential of its own: with it the desk pulls, and pushes the commands
-- of all its people, signed in or not.
create table desks (
  org_id uuid not null references organizations,
  desk_id uuid not null,
  name text not null check (name <> ''),
  -- SHA-256 of the whole token, as in sessions.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  paired_at timestamptz not null default now(),
  -- Null: the owner of the database.
  invited_by uuid,
  -- Set by hand where a desk was lost; pairing it again clears it.
  revoked_at timestamptz,
  primary key (org_id, desk_id),
  unique (org_id, token_hash),
  foreign key (org_id, invited_by) references users
);

create table desk_pairings (
  org_id uuid not null references organizations,
  -- SHA-256 of the whole code. Forty bits of it are random, so its hash is soon guessed; by then the code is used or expired.
  code_hash bytea not null check (octet_length(code_hash) = 32),
  invited_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (org_id, code_hash),
  foreign key (org_id, invited_by) references users
);
