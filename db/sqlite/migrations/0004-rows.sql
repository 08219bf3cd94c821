-- What the desk knows of the calendar, by rows, kept current by the change feed. A cache: whatever is here can be read anew.
-- `epoch` and `position` say up to where in the feed a row was known to stand (core/domain/sync/feed-position.ts, sortable);
-- a row without a position came with the answer to this desk's own command, and is newer than any snapshot on its way.

drop table days;

-- Days that are held whole. Bounds in quarters. `frame` is the day without its visits and patients, as JSON.
-- `stale` counts how often the day was found to be no longer as it was read; 0: it is kept current by the feed.
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

-- `starts_at` and `ends_at` are what the visit keeps of its provider, buffers included, in quarters. Cancelled visits stay, so
-- that they can be brought back, and no older picture of them comes after.
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

-- `searched_at`: found by a search, then; null: in a visit that is held, or registered here.
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
