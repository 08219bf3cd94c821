-- The verdict under a command's id, or null. A verdict never changes, so a command that follows another may read it
-- before its own transaction begins.
create or replace function holdfast_api.find_verdict(p_org_id uuid, p_command_id uuid) returns jsonb
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select verdict from commands where org_id = p_org_id and command_id = p_command_id
$$;
