-- Patients are found by what a person types with a phone at the ear, and registered by a command like all others.

alter table patients drop column search_text;
drop function patient_search_text(text, date, text);
drop function search_patients(uuid, text, integer);
drop function without_accents(text);
drop extension unaccent;

-- core/domain/text/fold-name.ts says what this is for and has the same lines; a test holds the two together. Not
-- unaccent, which takes Müller for Muller but not for Mueller, and knows no letters beyond Latin, Greek and Cyrillic.
create function fold_name(name text) returns text
  language sql immutable strict parallel safe
  return trim(replace(regexp_replace(regexp_replace(regexp_replace(
    replace(replace(replace(replace(
      translate(
        normalize(regexp_replace(normalize(lower(name), nfd), '[\u0300-\u036f\u064b-\u0655]', '', 'g'), nfc),
        'øłđðıħŧς', 'olddihtσ'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[''`´‘’ʼ\u200c\u200d]', '', 'g'),
    '[\s!-&(-/:-@[-_{-~\u00a0\u00b7\u060c\u2010-\u2015\u30fb]+', ' ', 'g'),
    '([aou])e', '\1', 'g'), 'aa', 'a'));

-- A phone number's digits without what is dialled before it (0, 00, +) and without the (0) that is not dialled from
-- abroad, so that however it is typed, the one form is a part of the other. As core/domain/patients/phone.ts has it.
create function phone_digits(phone text) returns text
  language sql immutable strict parallel safe
  return ltrim(regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g'), '0');

-- ' anna mulerstein 1980-03-07 493023125123': each word behind a blank, so that its beginning can be asked for, and no digit
-- of the birth date beside enough others to look like a phone.
create function patient_search_text(display_name text, birth_date date, phone text) returns text
  language sql immutable parallel safe
  return ' ' || fold_name(display_name) || ' ' || to_char(birth_date::timestamp, 'YYYY-MM-DD') || ' ' || phone_digits(phone);

alter table patients add column search_text text not null
  generated always as (patient_search_text(display_name, birth_date, phone)) stored;
create index patients_search on patients using gin (search_text gin_trgm_ops);

-- The patients in whom every word of p_name occurs and one of p_numbers (a phone's digits, a birth date as 1980-03-07;
-- none: any); after these, where there is room, those in whom every word nearly occurs. core/domain/patients sorts them.
-- One function and not a policy over a plain select: policies keep the planner from trigram indexes (0.3 against 103 ms
-- over 200,000 patients). Without sequential scans, because the planner takes comparing trigrams for cheap: over 3,000
-- patients it read them all in 20 ms instead of asking the index.
-- The text of the query holds places of parameters alone, never what was typed.
create function search_patients(p_org_id uuid, p_name text, p_numbers text[], p_limit integer) returns setof patients
  language plpgsql stable security definer set search_path = public, pg_temp
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
  scope text := 'select p.* from patients p where p.org_id = $1 and p.active';
  best text := ' order by word_similarity($5, p.search_text) desc, p.display_name, p.patient_id limit $6';
  written text;
  nearly text;
  found_count integer := 0;
begin
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

-- A patient belongs to the organization and to no day: desks are told that there is one more to be found.
alter table changes
  alter column site_id drop not null,
  alter column touches_from drop not null,
  alter column touches_until drop not null,
  drop constraint changes_entity_check,
  add constraint changes_entity_check check (entity in ('appointment', 'slots', 'patient')),
  add constraint changes_touch_days check (
    (entity = 'patient') = (site_id is null) and (site_id is null) = (touches_from is null)
    and (touches_from is null) = (touches_until is null));

-- Registers. Raises 23505 on patients_pkey when the id is taken. Likely duplicates are the person's to judge, before.
create function register_patient(c command_envelope, p patients) returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  verdict jsonb := '{"kind": "done", "appointment": null}';
  known jsonb := enter_command(c, verdict);
begin
  if known is not null then
    return known;
  end if;
  insert into patients (org_id, patient_id, display_name, birth_date, phone, alert)
    values (c.org_id, p.patient_id, p.display_name, p.birth_date, p.phone, p.alert);
  perform record_change(c, null, 'patient', p.patient_id, null, null, null);
  return verdict;
end $$;
