-- TRUNCATE fires no row trigger, and CASCADE takes along every table that refers to the named one: `truncate services
-- cascade` took the wishes of the waitlist. So no table of ours is ever truncated, whatever it holds. A migration that
-- makes a table adds the trigger; a test over the catalogue finds one without.
do $$
declare
  ours regclass;
begin
  for ours in select oid from pg_class where relnamespace = 'holdfast'::regnamespace and relkind = 'r' loop
    execute format(
      'create or replace trigger never_truncated before truncate on %s
         execute function refuse_by_wall(''no table is ever truncated'')', ours);
  end loop;
end $$;
