-- Organizations are the tenants. org_id leads every key, and composite foreign keys keep the rows of one organization
-- together.

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
