-- Puts the verdict in the place of the null with which the command was entered, in the same transaction.
create or replace function settle_command(c command_envelope, verdict jsonb) returns jsonb
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  update commands set verdict = settle_command.verdict where org_id = c.org_id and command_id = c.command_id;
  return verdict;
end $$;
