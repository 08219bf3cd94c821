-- Takes a job's turn until p_until, where the job is due and no server has it: the failures in a row before this turn.
-- Null: not due, or somebody else's. A job that was never seen is due at once.
create or replace function holdfast_api.claim_job(p_name text, p_claim uuid, p_now timestamptz, p_until timestamptz) returns integer
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
declare
  failed integer;
begin
  if not exists (select from jobs where name = p_name) then
    insert into jobs (name, due_at) values (p_name, p_now) on conflict do nothing;
  end if;
  update jobs set claimed_by = p_claim, claimed_until = p_until
    where name = (
      select name from jobs
        where name = p_name and due_at <= p_now and (claimed_until is null or claimed_until <= p_now)
        for update skip locked)
    returning failures into failed;
  return failed;
end $$;
