-- The instant as of which a command is judged and recorded: when its desk made it (`claimed_at`, null: nobody says so), or now.
-- The desk is believed for the last seven days and never about the future. It takes a plain instant, so that PostgreSQL puts its
-- body in the place of the call. core/domain/sync/judged-at.ts has the same lines; a test compares the two.
create or replace function judged_at(claimed_at timestamptz) returns timestamptz
  language sql volatile
  return case when claimed_at >= database_now() - interval '7 days' and claimed_at <= database_now()
    then claimed_at else database_now() end;
