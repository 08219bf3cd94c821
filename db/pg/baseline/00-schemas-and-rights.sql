-- Three schemas, and what nobody but the owner may do. `holdfast` holds the tables and the functions that are parts of the
-- walls, and nothing in it is granted to anybody. `holdfast_api` holds the functions that the app's role calls,
-- `holdfast_read` the views that it reads; db/pg/grants.ts grants both by schema. migrate makes `holdfast` and puts it
-- first in the search_path, so the files name what lies in it without the schema.

create schema holdfast_api;
create schema holdfast_read;

create extension if not exists pg_trgm schema public;

revoke create on schema public from public;
-- The walls tell statements from outside by the depth of triggers. So nobody but the owner may make a trigger, not even
-- on a temporary table.
do $$ begin
  execute format('revoke temporary, create on database %I from public', current_database());
end $$;
-- By default PostgreSQL lets everybody call a new function.
alter default privileges revoke execute on functions from public;

-- RFC 3339 in UTC. Function files are bound to this one when they are made (`return …`), so it comes first.
create function holdfast_api.rfc3339(at timestamptz) returns text
  language sql stable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- The clock that judges: what is past, what is today, what is too old. The host's clock of a server judges nothing.
create function database_now() returns timestamptz
  language sql volatile parallel safe
  return clock_timestamp();

-- The organization of the transaction, or null. It lies under every view and policy. Nothing keeps the app's role from
-- setting the variable: the server does, once for each transaction.
create function holdfast_api.current_org_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('holdfast.org_id', true), '')::uuid;
