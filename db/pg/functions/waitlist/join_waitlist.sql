-- Keeps a wish. Raises 23505 on waitlist_entries_pkey when the id is taken, 23503 or HF006 for a site, patient, service or
-- provider that is not of this organization, 23514 for a window off the calendar.
create or replace function holdfast_api.join_waitlist(p_org_id uuid, p_command jsonb, p_entry jsonb) returns jsonb
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  c command_envelope := jsonb_populate_record(null::command_envelope, p_command || jsonb_build_object('org_id', p_org_id));
  w waitlist_entries := jsonb_populate_record(null::waitlist_entries, p_entry);
  verdict jsonb := '{"kind": "done", "appointment": null}';
  known jsonb := enter_command(c, verdict);
begin
  if known is not null then
    return known;
  end if;
  if exists (
    select from unnest(w.provider_ids) given (resource_id)
      where not exists (select from resources r
        where r.org_id = c.org_id and r.resource_id = given.resource_id and r.kind = 'provider')) then
    raise exception using errcode = 'HF006', message = 'no such provider in this organization';
  end if;
  insert into waitlist_entries (org_id, waitlist_entry_id, site_id, patient_id, service_id, provider_ids, windows, urgency, note)
    values (c.org_id, w.waitlist_entry_id, w.site_id, w.patient_id, w.service_id, w.provider_ids, w.windows, w.urgency, w.note);
  perform record_change(c, null, 'waitlist', w.waitlist_entry_id, null, null, null);
  return verdict;
end $$;
