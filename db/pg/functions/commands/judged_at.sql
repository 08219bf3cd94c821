-- The instant as of which a command is judged and recorded: when its desk made it, or now. The desk is believed for the last
-- seven days and never about the future. core/domain/sync/judged-at.ts has the same lines; a test compares the two.
create or replace function judged_at(c command_envelope) returns timestamptz
  language sql volatile
  return case when c.claimed_at >= database_now() - interval '7 days' and c.claimed_at <= database_now()
    then c.claimed_at else database_now() end;
