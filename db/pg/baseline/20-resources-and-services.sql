-- What can be booked, by whom it is offered, and when they work.

create table resources (
  org_id uuid not null references organizations,
  resource_id uuid not null,
  kind text not null check (kind in ('provider', 'room', 'equipment')),
  name text not null check (name <> ''),
  -- Rooms and equipment stand at one site; a provider may work at several.
  site_id uuid,
  room_features text[] not null default '{}',
  equipment_type text,
  active boolean not null default true,
  primary key (org_id, resource_id),
  unique (org_id, resource_id, kind),
  foreign key (org_id, site_id) references sites,
  check ((kind = 'provider') = (site_id is null)),
  check ((kind = 'equipment') = (equipment_type is not null))
);

create table services (
  org_id uuid not null references organizations,
  service_id uuid not null,
  name text not null check (name <> ''),
  duration_minutes integer not null check (duration_minutes between 15 and 720 and duration_minutes % 15 = 0),
  buffer_before_minutes integer not null default 0 check (buffer_before_minutes between 0 and 120 and buffer_before_minutes % 15 = 0),
  buffer_after_minutes integer not null default 0 check (buffer_after_minutes between 0 and 120 and buffer_after_minutes % 15 = 0),
  needs_room boolean not null default false,
  room_feature text,
  equipment_type text,
  -- A nurse beside a doctor: such a visit takes no patient claim.
  patient_may_overlap boolean not null default false,
  bookable_online boolean not null default false,
  active boolean not null default true,
  primary key (org_id, service_id),
  check (room_feature is null or needs_room)
);

create table service_providers (
  org_id uuid not null,
  service_id uuid not null,
  provider_id uuid not null,
  provider_kind text not null default 'provider' check (provider_kind = 'provider'),
  primary key (org_id, service_id, provider_id),
  foreign key (org_id, service_id) references services,
  foreign key (org_id, provider_id, provider_kind) references resources (org_id, resource_id, kind)
);

create table shifts (
  org_id uuid not null,
  shift_id uuid not null,
  resource_id uuid not null,
  site_id uuid not null,
  -- ISO 8601: Monday is 1.
  weekday smallint not null check (weekday between 1 and 7),
  -- Wall-clock times in the site's zone.
  starts_at_local time not null,
  ends_at_local time not null,
  valid_from date not null,
  valid_until date,
  primary key (org_id, shift_id),
  foreign key (org_id, resource_id) references resources,
  foreign key (org_id, site_id) references sites,
  check (ends_at_local > starts_at_local)
);
create index shifts_by_resource on shifts (org_id, resource_id);
