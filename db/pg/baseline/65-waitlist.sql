-- Whether every window has both ends on the calendar, which ends with 2299: one unreadable wish made the whole list fail.
create function windows_are_finite(windows tstzrange[]) returns boolean
  language sql immutable parallel safe
  return (
    select coalesce(bool_and(coalesce(
        lower(w) >= timestamptz '1972-01-01 00:00:00Z' and upper(w) <= timestamptz '2300-01-01 00:00:00Z', false)), false)
      from unnest(windows) w);

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
  constraint waitlist_entries_windows check (windows_are_finite(windows))
);
create index waitlist_of_site on waitlist_entries (org_id, site_id) where left_at is null;
