-- What one desk keeps on its own disk. Every row of a tenant leads with org_id: desks outlive sign-ins.

create table settings (
  key   text primary key,
  value text not null
) strict, without rowid;

-- Days as the server last gave them, whole. Read when the server cannot be reached.
create table days (
  org_id  text not null,
  site_id text not null,
  date    text not null,
  cursor  text not null,
  view    text not null,
  primary key (org_id, site_id, date)
) strict;

-- Commands that the server has not decided yet: a decision removes the row, so there is no state to keep.
-- `position` is the order in which they were made; autoincrement, so that a number is never given twice.
-- `actor_id` is who made it: the server takes a command from that person alone, so it waits for their session.
-- `lane` is what a command acts on: commands of one lane never overtake each other.
create table outbox (
  position   integer primary key autoincrement,
  command_id text not null unique,
  org_id     text not null,
  actor_id   text not null,
  lane       text not null,
  type       text not null,
  command    text not null,
  made_at    text not null
) strict;

create index outbox_by_actor on outbox (org_id, actor_id, position);
