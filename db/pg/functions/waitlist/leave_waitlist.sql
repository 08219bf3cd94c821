-- An entry that has left already stays as it is, and nothing changes. Raises HF006 when there is no such entry.
create or replace function holdfast_api.leave_waitlist(p_org_id uuid, p_command jsonb, p_waitlist_entry_id uuid) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  verdict jsonb := '{"kind": "done", "appointment": null}';
  known jsonb := enter_command(c, verdict);
  entry waitlist_entries;
begin
  if known is not null then
    return known;
  end if;
  select * into entry from waitlist_entries
    where org_id = c.org_id and waitlist_entry_id = p_waitlist_entry_id
    for update;
  if not found then
    raise exception using errcode = 'HF006', message = 'no such waitlist entry in this organization';
  end if;
  if entry.left_at is null then
    update waitlist_entries set left_at = clock_timestamp()
      where org_id = c.org_id and waitlist_entry_id = p_waitlist_entry_id;
    perform record_change(c, null, 'waitlist', p_waitlist_entry_id, null, null, null);
  end if;
  return verdict;
end $$;
