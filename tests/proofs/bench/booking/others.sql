-- How others guard a booking, written anew: one row for the appointment, one for each resource that it occupies, and the
-- indexes that such a schema has. Fewer rows than ours (no slots, no command, no change feed), which is in their favour.
create extension if not exists btree_gist;
create schema others;
grant usage on schema others to public;

create table others.appointments (
  appointment_id uuid primary key, patient_id uuid not null, service_id uuid not null,
  starts_at timestamptz not null, ends_at timestamptz not null, status text not null);
create index on others.appointments (patient_id, starts_at);
create table others.occupied (
  resource_id uuid not null, starts_at timestamptz not null, ends_at timestamptz not null, appointment_id uuid not null,
  primary key (appointment_id, resource_id));
create index on others.occupied (resource_id, starts_at);

create table others.excluded (
  resource_id uuid not null, during tstzrange not null, appointment_id uuid not null,
  primary key (appointment_id, resource_id),
  exclude using gist (resource_id with =, during with &&));
grant select, insert on all tables in schema others to public;
