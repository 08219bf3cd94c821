-- A final refusal, in a transaction of its own; a verdict that is already there wins.
create or replace function holdfast_api.refuse_command(p_command jsonb, p_verdict jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command);
begin
  return coalesce(enter_command(c, p_verdict), p_verdict);
end $$;
