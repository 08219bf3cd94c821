-- The role of somebody who may act at a desk, or no row.
create or replace function holdfast_api.find_actor(p_org_id uuid, p_user_id uuid) returns table (role text)
  language sql stable security definer set search_path = holdfast, pg_temp as $$
  select role from users where org_id = p_org_id and user_id = p_user_id and active
$$;
