-- A second line behind the missing rights: to every role but the owner, a table shows the rows of the organization that the
-- transaction names, and a table without organizations shows nothing. A migration that makes a table does the same for it;
-- a test over the catalogue finds one without.
do $$
declare
  ours record;
begin
  for ours in
    select c.oid::regclass as name, exists (select from pg_attribute where attrelid = c.oid and attname = 'org_id') as has_org
      from pg_class c where c.relnamespace = 'holdfast'::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table %s enable row level security', ours.name);
    if ours.has_org then
      execute format('create policy of_this_organization on %s for select using (org_id = holdfast_api.current_org_id())', ours.name);
    end if;
  end loop;
end $$;
