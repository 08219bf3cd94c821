-- A desk may send a command for 180 days, and the row keeps it from being done twice. The clock is PostgreSQL's, which
-- wrote decided_at.
create or replace trigger command_is_remembered before delete on commands
  for each row when (old.decided_at > clock_timestamp() - interval '180 days')
  execute function refuse_by_wall('a command is remembered for 180 days');
create or replace trigger commands_are_never_truncated before truncate on commands
  execute function refuse_by_wall('a command is remembered for 180 days');
