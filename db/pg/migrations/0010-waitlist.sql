-- Wishes that found no time. An entry that was booked, or is no longer wanted, has left the list; its row stays.

create table waitlist_entries (
  org_id uuid not null references organizations,
  waitlist_entry_id uuid not null,
  site_id uuid not null,
  patient_id uuid not null,
  service_id uuid not null,
  -- None: with any who offers the service.
  provider_ids uuid[] not null default '{}',
  windows tstzrange[] not null,
  urgency text not null check (urgency in ('routine', 'soon', 'urgent')),
  note text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  left_at timestamptz,
  primary key (org_id, waitlist_entry_id),
  foreign key (org_id, site_id) references sites,
  foreign key (org_id, patient_id) references patients,
  foreign key (org_id, service_id) references services,
  constraint waitlist_entries_windows check (cardinality(windows) > 0 and 'empty'::tstzrange <> all (windows))
);
create index waitlist_of_site on waitlist_entries (org_id, site_id) where left_at is null;
alter table waitlist_entries enable row level security;
create policy of_this_organization on waitlist_entries for select using (org_id = current_org_id());

-- The list is the organization's and of no day.
alter table changes
  drop constraint changes_entity_check,
  add constraint changes_entity_check check (entity in ('appointment', 'slots', 'patient', 'waitlist')),
  drop constraint changes_touch_days,
  add constraint changes_touch_days check (
    (entity in ('patient', 'waitlist')) = (site_id is null) and (site_id is null) = (touches_from is null)
    and (touches_from is null) = (touches_until is null));

-- Raises 23505 on waitlist_entries_pkey when the id is taken, 23503 or HF006 for a site, patient, service or provider
-- that is not of this organization.
create function join_waitlist(c command_envelope, w waitlist_entries) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
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

-- An entry that has left already stays as it is, and nothing changes. Raises HF006 when there is no such entry.
create function leave_waitlist(c command_envelope, p_waitlist_entry_id uuid) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
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
