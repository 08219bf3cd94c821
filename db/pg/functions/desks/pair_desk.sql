-- Uses the code of the organization with this handle, and lets the desk in; no row where the code is wrong, used, expired or
-- another organization's. A desk that was paired before has the new token alone. Of two desks that use a code at once, the
-- second waits for the first and then finds it used. The code's row names the person who invited.
create or replace function holdfast_api.pair_desk(p_handle text, p_code_hash bytea, p_desk_id uuid, p_name text, p_token_hash bytea)
  returns table (org_id uuid, organization_name text, is_demo boolean)
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  pairing desk_pairings;
begin
  update desk_pairings d set used_at = clock_timestamp()
    from organizations o
    where o.handle = p_handle and d.org_id = o.org_id and d.code_hash = p_code_hash
      and d.used_at is null and d.expires_at > clock_timestamp()
    returning d.* into pairing;
  if not found then
    return;
  end if;
  insert into desks as d (org_id, desk_id, name, token_hash, invited_by)
    values (pairing.org_id, p_desk_id, p_name, p_token_hash, pairing.invited_by)
    on conflict on constraint desks_pkey do update
      set name = excluded.name, token_hash = excluded.token_hash, paired_at = now(),
        invited_by = excluded.invited_by, revoked_at = null;
  insert into audit_events (org_id, actor_kind, actor_id, desk_id, action, entity, entity_id)
    values (pairing.org_id, case when pairing.invited_by is not null then 'person' end, pairing.invited_by, p_desk_id::text, 'pair-desk', 'desk', p_desk_id);
  return query select o.org_id, o.name, o.is_demo from organizations o where o.org_id = pairing.org_id;
end $$;
