-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.sites with (security_barrier) as
  select org_id, site_id, name, time_zone, address, phone, country, identifiers
    from sites where org_id = holdfast_api.current_org_id();
