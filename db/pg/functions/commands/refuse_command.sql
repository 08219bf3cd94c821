-- A final refusal, in a transaction of its own; a verdict that is already there wins. Raises HF005 for anything but a
-- refusal: what was done is said by the function that did it.
create or replace function holdfast_api.refuse_command(p_org_id uuid, p_command jsonb, p_verdict jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
begin
  if (p_verdict ->> 'kind' in ('conflict', 'stale-version', 'status-conflict', 'refused', 'forbidden', 'not-found')) is not true then
    raise exception using errcode = 'HF005', message = 'this is no refusal';
  end if;
  return coalesce(enter_command(c, p_verdict), p_verdict);
end $$;
