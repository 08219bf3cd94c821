-- Every table shows the rows of one organization alone, to every role but the owner: the one that the transaction names.
-- A migration that makes a table does the same for it; a test over the catalogue finds one without.
do $$
declare
  tenant_table regclass;
begin
  for tenant_table in
    select c.oid from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table %s enable row level security', tenant_table);
    execute format('create policy of_this_organization on %s for select using (org_id = current_org_id())', tenant_table);
  end loop;
end $$;
