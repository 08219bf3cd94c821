-- Who the clinic is: organizations, sites, users, resources, services, patients, shifts.
-- org_id leads every key, and composite foreign keys keep the rows of one organization together.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

revoke create on schema public from public;
-- The walls tell statements from outside by the depth of triggers, so nobody but the owner may make a trigger, not even
-- on a temporary table.
do $$ begin
  execute format('revoke temporary, create on database %I from public', current_database());
end $$;
-- A function is callable by whom it is granted to, not by everybody: most of them are parts of the walls.
alter default privileges revoke execute on functions from public;

create table organizations (
  org_id uuid primary key,
  name text not null check (name <> ''),
  -- A restored database starts a new epoch, so that no desk goes on from a cursor of the lost timeline.
  feed_epoch uuid not null default gen_random_uuid()
);

create table sites (
  org_id uuid not null references organizations,
  site_id uuid not null,
  name text not null check (name <> ''),
  time_zone text not null,
  primary key (org_id, site_id)
);

create table users (
  org_id uuid not null references organizations,
  user_id uuid not null,
  -- Signing in comes before the organization is known, so a user name is unique in the whole database.
  username text not null unique check (username = lower(username)),
  display_name text not null,
  role text not null check (role in ('receptionist', 'provider', 'manager', 'administrator', 'kiosk')),
  password_hash text not null,
  home_site_id uuid not null,
  active boolean not null default true,
  primary key (org_id, user_id),
  foreign key (org_id, home_site_id) references sites
);

create table sessions (
  org_id uuid not null,
  -- SHA-256 of the opaque token: a stolen table opens no session.
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (token_hash),
  foreign key (org_id, user_id) references users
);
create index sessions_by_user on sessions (org_id, user_id);

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

-- unaccent() is only STABLE, because its dictionary could be changed; ours never is.
create function without_accents(text) returns text
  language sql immutable strict parallel safe
  return lower(unaccent('unaccent', $1));

-- What a person may type to find a patient: the name without accents, the birth date as 1990-02-01 and 01.02.1990, the
-- phone's digits.
create function patient_search_text(display_name text, birth_date date, phone text) returns text
  language sql immutable parallel safe
  return without_accents(display_name) || ' ' || to_char(birth_date::timestamp, 'YYYY-MM-DD DD.MM.YYYY') || ' ' ||
    regexp_replace(phone, '[^0-9]', '', 'g');

create table patients (
  org_id uuid not null references organizations,
  patient_id uuid not null,
  display_name text not null check (display_name <> ''),
  birth_date date not null,
  phone text not null default '',
  alert text not null default '',
  search_text text not null generated always as (patient_search_text(display_name, birth_date, phone)) stored,
  active boolean not null default true,
  primary key (org_id, patient_id)
);
create index patients_search on patients using gin (search_text gin_trgm_ops);

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
