-- A guard: its trigger's WHEN says what is refused, and its argument why.
create or replace function refuse_by_wall() returns trigger
  language plpgsql set search_path = holdfast, pg_temp as $$
begin
  raise exception using errcode = 'HF005', message = tg_argv[0], table = tg_table_name;
end $$;
