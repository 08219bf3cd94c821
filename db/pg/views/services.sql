-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.services with (security_barrier) as
  select org_id, service_id, name
    from services where org_id = holdfast_api.current_org_id();
