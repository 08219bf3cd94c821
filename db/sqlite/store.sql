-- What one desk keeps on its own disk. Every row of a tenant leads with org_id: a desk outlives sign-ins. schema.ts says
-- the same in TypeScript, and a test holds the two together.

create table settings (
  key   text primary key,
  value text not null
) strict, without rowid;

-- Commands that this desk made. A command stays after the server's verdict: a done one for 14 days, because a server that
-- was restored from a backup has lost it; a refused one until a person has dealt with it.
--   saved      on this disk, never sent
--   sent       on its way at least once: the server may know it
--   confirmed  done, by the server's word
--   refused    refused, and nobody has dealt with it
--   resolved   refused, and dealt with: `resolution` says how
-- `position` is the order in which they were made; autoincrement, so that a number is never given twice.
-- `actor_id` is the person who made it: the server takes it from that person alone, so it waits for their session.
-- `lane` is what a command acts on: commands of one lane never overtake each other.
-- `after_command_id` is the parent, which makes what the command is about, such as the registration of a visit's patient.
-- The command waits until its parent is decided.
-- `expected` is the visit as this desk placed it, `patient` whom it is about, `problem` the refusal, all as JSON.
-- `waits_for` are the commands that free what this one takes, `frees` what this one frees: [{resourceId, start, end}] in
-- quarters; null where the desk does not know. `epoch` is the feed's when the verdict came. `clock_offset` is how far the
-- database's clock was ahead when the command was made, in milliseconds; null where it was never measured.
create table outbox (
  position           integer primary key autoincrement,
  command_id         text not null unique,
  org_id             text not null,
  actor_id           text not null,
  lane               text not null,
  type               text not null,
  command            text not null,
  made_at            text not null,
  clock_offset       integer,
  after_command_id   text,
  state              text not null default 'saved'
    check (state in ('saved', 'sent', 'confirmed', 'refused', 'resolved')),
  undoes             text,
  expected           text,
  patient            text,
  problem            text,
  follows_command_id text,
  waits_for          text not null default '[]',
  frees              text,
  decided_at         text,
  epoch              text,
  resolution         text
) strict;

create index outbox_open on outbox (org_id, position) where state in ('saved', 'sent');
create index outbox_by_state on outbox (org_id, state, position);
create index outbox_by_lane on outbox (org_id, lane, position);

-- The rest is what the desk knows of the calendar, by rows, kept current by the change feed. A cache: all of it can be read
-- anew. `epoch` and `position` say up to where in the feed a row was known to stand (core/domain/sync/feed-position.ts,
-- sortable). A row without a position came with the answer to this desk's own command, and is newer than any snapshot on
-- its way.

-- Days that are held whole. Bounds in quarters. `frame` is the day without its visits and patients, as JSON.
-- `stale` counts how often the day was found to be no longer as it was read; 0: the feed keeps it current.
create table held_days (
  org_id        text not null,
  site_id       text not null,
  date          text not null,
  starts_at     integer not null,
  ends_at       integer not null,
  time_zone     text not null,
  frame         text not null,
  epoch         text not null,
  position      text not null,
  confirmed_at  text not null,
  looked_at     text not null,
  with_patients integer not null,
  stale         integer not null default 0,
  primary key (org_id, site_id, date)
) strict, without rowid;

-- `starts_at` and `ends_at` are what the visit keeps of its provider, buffers included, in quarters. Cancelled visits stay,
-- so that they can be brought back, and no older picture of them comes after.
create table appointments (
  org_id         text not null,
  appointment_id text not null,
  version        integer not null,
  site_id        text not null,
  starts_at      integer not null,
  ends_at        integer not null,
  status         text not null,
  patient_id     text,
  appointment    text not null,
  epoch          text not null,
  position       text,
  primary key (org_id, appointment_id)
) strict, without rowid;

create index appointments_by_time on appointments (org_id, site_id, starts_at);
create index appointments_by_patient on appointments (org_id, patient_id);

-- `searched_at`: a search found them then; null: in a visit that is held, or registered here.
create table patients (
  number      integer primary key,
  org_id      text not null,
  patient_id  text not null,
  patient     text not null,
  search_text text not null,
  searched_at text,
  unique (org_id, patient_id)
) strict;

-- Trigrams of ' anna mulerstein 1980-03-07 493023125123', as the server has them.
create virtual table patient_search using fts5 (
  search_text, content = 'patients', content_rowid = 'number', tokenize = 'trigram', columnsize = 0
);
create trigger patients_found_after_insert after insert on patients begin
  insert into patient_search (rowid, search_text) values (new.number, new.search_text);
end;
create trigger patients_found_no_more after delete on patients begin
  insert into patient_search (patient_search, rowid, search_text) values ('delete', old.number, old.search_text);
end;
create trigger patients_found_otherwise after update of search_text on patients when old.search_text <> new.search_text begin
  insert into patient_search (patient_search, rowid, search_text) values ('delete', old.number, old.search_text);
  insert into patient_search (rowid, search_text) values (new.number, new.search_text);
end;
