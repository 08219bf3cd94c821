-- A view reads by its owner's rights and passes row-level security, so it names the organization itself.
create or replace view holdfast_read.shifts with (security_barrier) as
  select org_id, shift_id, resource_id, site_id, weekday, starts_at_local, ends_at_local, valid_from, valid_until
    from shifts where org_id = holdfast_api.current_org_id();
