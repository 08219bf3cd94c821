-- Enters the command with its verdict, or gives the verdict that it already has. Insert first, read after: a read of
-- the key before the insert makes every pair of concurrent commands look like a cycle to SERIALIZABLE.
-- A replay touches its row, so that the answer's commit waits for the synchronous standby like the first did.
--
-- The server says who acts, at which desk and when (actor_id, desk_id, made_at): a look at the user in every booking would
-- be one more read for what the session was checked for already.
create or replace function enter_command(c command_envelope, p_verdict jsonb) returns jsonb
  language plpgsql set search_path = holdfast, pg_temp as $$
declare
  known commands;
begin
  if current_setting('transaction_isolation') <> 'serializable' then
    raise exception using errcode = 'HF005', message = 'commands are judged under SERIALIZABLE only';
  end if;
  insert into commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict)
    values (c.org_id, c.command_id, c.body_hash, c.command_type, c.actor_kind, c.actor_id, c.desk_id, c.made_at, p_verdict)
    on conflict do nothing;
  if found then
    return null;
  end if;
  update commands set replayed_at = clock_timestamp()
    where org_id = c.org_id and command_id = c.command_id
    returning * into strict known;
  if known.body_hash <> c.body_hash then
    raise exception using errcode = 'HF004', message = 'command id was used with another body';
  end if;
  return known.verdict;
end $$;
