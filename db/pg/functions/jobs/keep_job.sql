-- Keeps a turn until p_until. False: the turn was taken over.
create or replace function holdfast_api.keep_job(p_name text, p_claim uuid, p_until timestamptz) returns boolean
  language plpgsql security definer set search_path = holdfast, pg_temp as $$
begin
  update jobs set claimed_until = p_until where name = p_name and claimed_by = p_claim;
  return found;
end $$;
