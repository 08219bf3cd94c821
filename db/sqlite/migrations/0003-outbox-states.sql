-- A command stays in the outbox after the server's verdict: a done one for 14 days, because a server that was restored from
-- a backup has lost it; a refused one until a person has dealt with it.
--   saved      on this disk, never sent
--   sent       on its way at least once: the server may know it
--   confirmed  done, by the server's word
--   refused    refused, and nobody has dealt with it
--   resolved   refused, and dealt with: `resolution` says how
-- `expected` is the visit as this desk placed it, `patient` whom it is about, `problem` the refusal, all as JSON.
-- `waits_for` are the commands that free what this one takes, `frees` what this one frees: [{resourceId, start, end}] in
-- quarters; null where the desk does not know. `epoch` is the feed's when the verdict came.
alter table outbox add column state text not null default 'saved'
  check (state in ('saved', 'sent', 'confirmed', 'refused', 'resolved'));
alter table outbox add column undoes text;
alter table outbox add column expected text;
alter table outbox add column patient text;
alter table outbox add column problem text;
alter table outbox add column follows_command_id text;
alter table outbox add column waits_for text not null default '[]';
alter table outbox add column frees text;
alter table outbox add column decided_at text;
alter table outbox add column epoch text;
alter table outbox add column resolution text;

drop index outbox_by_actor;
create index outbox_open on outbox (org_id, position) where state in ('saved', 'sent');
create index outbox_by_state on outbox (org_id, state, position);
create index outbox_by_lane on outbox (org_id, lane, position);
