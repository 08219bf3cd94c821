-- Organizations are the tenants. org_id leads every key, and composite foreign keys keep the rows of one organization
-- together.

create table organizations (
  org_id uuid primary key,
  name text not null check (name <> ''),
  -- Every token and pairing code begins with the handle, so that a server knows the organization before it reads a row. A
  -- token is hashed whole, so another handle would close all sessions and shut out all desks.
  handle text not null unique check (handle ~ '^[a-z][a-z0-9]{2,11}$'),
  -- A clinic of invented people, whose passwords everybody may read.
  is_demo boolean not null default false,
  -- A restored database starts a new epoch, so that no desk goes on from a cursor of the lost timeline.
  feed_epoch uuid not null default gen_random_uuid()
);

create table sites (
  org_id uuid not null references organizations,
  site_id uuid not null,
  name text not null check (name <> ''),
  time_zone text not null,
  -- As they stand on a letter.
  address text not null default '',
  phone text not null default '',
  -- ISO 3166-1 alpha-2. A zone does not tell it: one zone may serve several countries.
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- The numbers that others know the site by: FHIR Identifiers, each {system, value}.
  identifiers jsonb not null default '[]' check (jsonb_typeof(identifiers) = 'array'),
  primary key (org_id, site_id)
);

create table users (
  org_id uuid not null references organizations,
  user_id uuid not null,
  username text not null check (username = lower(username)),
  display_name text not null,
  role text not null check (role in ('receptionist', 'provider', 'manager', 'administrator', 'kiosk')),
  password_hash text not null,
  home_site_id uuid not null,
  active boolean not null default true,
  primary key (org_id, user_id),
  unique (org_id, username),
  foreign key (org_id, home_site_id) references sites,
  -- People sign in as name@handle.
  constraint users_username_without_at check (position('@' in username) = 0)
);
