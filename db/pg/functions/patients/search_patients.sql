-- The patients in whom every word of p_name occurs and one of p_numbers (a phone's digits, a birth date as 1980-03-07;
-- none: any); after these, where there is room, those in whom every word nearly occurs. core/domain/patients sorts them.
-- One function and not a policy over a plain select: policies keep the planner from trigram indexes (0.3 against 103 ms
-- over 200,000 patients). Without sequential scans, because the planner takes comparing trigrams for cheap: over 3,000
-- patients it read them all in 20 ms instead of asking the index.
-- The text of the query holds places of parameters alone, never what was typed. Gives 500 at most: the server compares 200.
create or replace function holdfast_api.search_patients(p_org_id uuid, p_name text, p_numbers text[], p_limit integer)
  returns table (patient_id uuid, display_name text, birth_date date, phone text, alert text)
  language plpgsql stable security definer set search_path = holdfast, public, pg_temp
  set enable_seqscan = off set pg_trgm.word_similarity_threshold = 0.25 as $$
declare
  folded text := fold_name(p_name);
  words text[] := (regexp_split_to_array(nullif(folded, ''), ' '))[1:8];
  -- Trigrams know no part of a word that is shorter than three letters, but they know its beginning. Signs of other
  -- scripts say more each, and stand without blanks: there two may be anywhere.
  patterns text[] := array(
    select case when word ~ '^[ -~]{1,2}$' then '% ' || word || '%' else '%' || word || '%' end
      from unnest(words) with ordinality w(word, n) order by n);
  numbers text[] := array(
    select '%' || number || '%' from unnest(p_numbers) number where number ~ '^[0-9-]{4,}$');
  scope text := 'select p.patient_id, p.display_name, p.birth_date, p.phone, p.alert from patients p where p.org_id = $1 and p.active';
  best text := ' order by word_similarity($5, p.search_text) desc, p.display_name, p.patient_id limit $6';
  written text;
  nearly text;
  found_count integer := 0;
begin
  p_limit := least(greatest(coalesce(p_limit, 0), 0), 500);
  if cardinality(patterns) + cardinality(numbers) = 0 then
    return;
  end if;
  if cardinality(numbers) > 0 then
    scope := scope || ' and p.search_text like any ($4)';
  end if;
  select string_agg(format('p.search_text like $3[%s]', n), ' and '),
      string_agg(case when length(words[n]) > 3
        then format('(p.search_text like $3[%1$s] or $2[%1$s] <%% p.search_text)', n)
        else format('p.search_text like $3[%s]', n) end, ' and ')
    into written, nearly
    from generate_series(1, cardinality(patterns)) n;
  return query execute scope || coalesce(' and ' || written, '') || best
    using p_org_id, words, patterns, numbers, folded, p_limit;
  get diagnostics found_count = row_count;
  if nearly <> written and found_count < p_limit then
    return query execute scope || ' and ' || nearly || ' and not (' || written || ')' || best
      using p_org_id, words, patterns, numbers, folded, p_limit - found_count;
  end if;
end $$;
