-- Ends a turn: the job is due again at p_due_at. p_succeeded_at null: the turn came to no end. Does nothing where the turn
-- was taken over.
create or replace function holdfast_api.finish_job(p_name text, p_claim uuid, p_due_at timestamptz, p_failures integer, p_succeeded_at timestamptz)
  returns void language sql security definer set search_path = holdfast, pg_temp as $$
  update jobs
    set due_at = p_due_at, failures = p_failures, succeeded_at = coalesce(p_succeeded_at, succeeded_at),
      claimed_by = null, claimed_until = null
    where name = p_name and claimed_by = p_claim
$$;
