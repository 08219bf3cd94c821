-- Desks that are paired with the server: each has a credential of its own, with which it pulls, and pushes what its people
-- do, whoever is signed in there.

create table desks (
  org_id uuid not null references organizations,
  desk_id uuid not null,
  name text not null check (name <> ''),
  -- SHA-256 of the opaque token, as in sessions.
  token_hash bytea not null unique,
  paired_at timestamptz not null default now(),
  -- Null: by whoever has the database owner's password.
  invited_by uuid,
  -- Set by hand where a desk was lost; pairing it again clears it.
  revoked_at timestamptz,
  primary key (org_id, desk_id),
  foreign key (org_id, invited_by) references users
);

create table desk_pairings (
  org_id uuid not null references organizations,
  -- SHA-256 of the code. Its forty bits are soon guessed by whoever has the hash, and then it is long used or expired.
  code_hash bytea primary key,
  invited_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (org_id, invited_by) references users
);
create trigger desk_pairing_is_good_once before update on desk_pairings
  for each row when (old.used_at is not null)
  execute function refuse_by_wall('a pairing code is good once');

alter table desks enable row level security;
create policy of_this_organization on desks for select using (org_id = current_org_id());
alter table desk_pairings enable row level security;
create policy of_this_organization on desk_pairings for select using (org_id = current_org_id());

-- Nobody is named where a code was made or used by whoever has the owner's password.
alter table audit_events alter column actor_id drop not null;

create function create_desk_pairing(p_org_id uuid, p_invited_by uuid, p_code_hash bytea) returns timestamptz
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  until timestamptz := clock_timestamp() + interval '10 minutes';
begin
  delete from desk_pairings where org_id = p_org_id and expires_at < now() - interval '1 day';
  insert into desk_pairings (org_id, code_hash, invited_by, expires_at) values (p_org_id, p_code_hash, p_invited_by, until);
  return until;
end $$;

-- Uses the code and lets the desk in; no row where the code is wrong, used or expired. A desk that was paired before has
-- the new token alone. Of two who use a code at once, the second waits for the first and then finds it used.
create function pair_desk(p_code_hash bytea, p_desk_id uuid, p_name text, p_token_hash bytea)
  returns table (org_id uuid, organization_name text)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  pairing desk_pairings;
begin
  update desk_pairings d set used_at = clock_timestamp()
    where d.code_hash = p_code_hash and d.used_at is null and d.expires_at > clock_timestamp()
    returning * into pairing;
  if not found then
    return;
  end if;
  insert into desks as d (org_id, desk_id, name, token_hash, invited_by)
    values (pairing.org_id, p_desk_id, p_name, p_token_hash, pairing.invited_by)
    on conflict on constraint desks_pkey do update
      set name = excluded.name, token_hash = excluded.token_hash, paired_at = now(),
        invited_by = excluded.invited_by, revoked_at = null;
  insert into audit_events (org_id, actor_id, desk_id, action, entity, entity_id)
    values (pairing.org_id, pairing.invited_by, p_desk_id::text, 'pair-desk', 'desk', p_desk_id);
  return query select o.org_id, o.name from organizations o where o.org_id = pairing.org_id;
end $$;

create function find_desk(p_token_hash bytea) returns table (org_id uuid, desk_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, desk_id from desks where token_hash = p_token_hash and revoked_at is null
$$;

-- The role of somebody who may act at a desk, or no row.
create function find_actor(p_org_id uuid, p_user_id uuid) returns table (role text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select role from users where org_id = p_org_id and user_id = p_user_id and active
$$;
