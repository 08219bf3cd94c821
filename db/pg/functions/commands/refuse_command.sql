-- A final refusal, in a transaction of its own; a verdict that is already there wins.
create or replace function refuse_command(c command_envelope, p_verdict jsonb) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return coalesce(enter_command(c, p_verdict), p_verdict);
end $$;
