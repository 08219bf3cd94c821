-- Patients, and the text by which they are found. The three functions lie under a generated column and its index: to
-- change one of them is a migration that fills the column anew.

-- core/domain/text/fold-name.ts says what this is for and has the same lines; a test holds the two together. Not the
-- extension unaccent: it takes Müller for Muller but not for Mueller, and knows no letters beyond Latin, Greek and
-- Cyrillic.
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
-- abroad: of two ways to write one number, the shorter form is then a part of the longer. As core/domain/patients/phone.ts
-- has it.
create function phone_digits(phone text) returns text
  language sql immutable strict parallel safe
  return ltrim(regexp_replace(replace(phone, '(0)', ''), '[^0-9]', '', 'g'), '0');

-- ' anna mulerstein 1980-03-07 493023125123'. A blank stands before each word, so that its beginning can be asked for. The
-- birth date has no run of digits that is long enough to look like a phone.
create function patient_search_text(display_name text, birth_date date, phone text) returns text
  language sql immutable parallel safe
  return ' ' || fold_name(display_name) || ' ' || to_char(birth_date::timestamp, 'YYYY-MM-DD') || ' ' || phone_digits(phone);

create table patients (
  org_id uuid not null references organizations,
  patient_id uuid not null,
  display_name text not null check (display_name <> ''),
  birth_date date not null,
  phone text not null default '',
  alert text not null default '',
  active boolean not null default true,
  search_text text not null generated always as (patient_search_text(display_name, birth_date, phone)) stored,
  primary key (org_id, patient_id),
  constraint patients_birth_date check (birth_date >= '1800-01-01' and birth_date < '2300-01-01')
);
create index patients_search on patients using gin (search_text gin_trgm_ops);
