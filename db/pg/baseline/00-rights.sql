-- What everything below rests on: extensions, and what nobody but the owner may do.

create extension if not exists pg_trgm;

revoke create on schema public from public;
-- The walls tell statements from outside by the depth of triggers. So nobody but the owner may make a trigger, not even
-- on a temporary table.
do $$ begin
  execute format('revoke temporary, create on database %I from public', current_database());
end $$;
-- By default PostgreSQL lets everybody call a new function. Most of ours are parts of the walls.
alter default privileges revoke execute on functions from public;

-- RFC 3339 in UTC. Function files are bound to this one when they are made (`return …`), so it comes first.
create function rfc3339(at timestamptz) returns text
  language sql stable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- The organization of the transaction, or null. Nothing keeps the app's role from setting the variable: the server does,
-- once for each transaction.
create function current_org_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('holdfast.org_id', true), '')::uuid;
