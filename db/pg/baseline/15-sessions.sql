create table sessions (
  org_id uuid not null,
  -- SHA-256 of the whole token: a stolen table opens no session.
  token_hash bytea not null check (octet_length(token_hash) = 32),
  user_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, token_hash),
  foreign key (org_id, user_id) references users,
  constraint sessions_end check (expires_at > created_at and expires_at <= created_at + interval '31 days')
);
create index sessions_by_user on sessions (org_id, user_id);
