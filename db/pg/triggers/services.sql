create or replace trigger services_stay before delete on services
  for each row execute function refuse_by_wall('services are made inactive, never deleted');
create or replace trigger services_keep_their_key before update on services
  for each row when (old.org_id <> new.org_id or old.service_id <> new.service_id)
  execute function refuse_by_wall('services keep their key');
