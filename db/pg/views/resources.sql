-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.resources with (security_barrier) as
  select org_id, resource_id, kind, active
    from resources where org_id = holdfast_api.current_org_id();
