-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.waitlist_entries with (security_barrier) as
  select org_id, waitlist_entry_id, site_id, patient_id, service_id, provider_ids, windows, urgency, note, created_at, left_at
    from waitlist_entries where org_id = holdfast_api.current_org_id();
