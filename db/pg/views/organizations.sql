-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.organizations with (security_barrier) as
  select org_id, name, is_demo
    from organizations where org_id = holdfast_api.current_org_id();
