create or replace function refuse_by_wall() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'HF005', message = tg_argv[0], table = tg_table_name;
end $$;
