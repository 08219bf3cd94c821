import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { makePatients } from '../../../build/demo/make-patients.ts';
import { nameStocks } from '../../../build/demo/patient-names.ts';
import { makeRandom } from '../../../build/demo/seeded-random.ts';
import { readPatientQuery } from '../../../core/domain/patients/patient-query.ts';
import { phoneDigits } from '../../../core/domain/patients/phone.ts';
import { foldName } from '../../../core/domain/text/fold-name.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { searchPatients } from '../../../server/patients/search-patients.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { withDatabase } from '../../harness/postgres.ts';

const database = await withDatabase();
const admin = postgres(database.adminDatabaseUrl, { max: 1, onnotice: () => {} });
const pool = openPool(database.databaseUrl, { max: 2 });
const clinic = await makeClinic(admin, { patients: 0 });
const other = await makeClinic(admin, { patients: 0 });
afterAll(async () => {
  await admin.end();
  await pool.end();
});

interface Known {
  readonly patientId: string;
  readonly displayName: string;
  readonly birthDate: string;
  readonly phone: string;
}

async function know(orgId: string, patients: readonly Known[]) {
  await admin`insert into patients (org_id, patient_id, display_name, birth_date, phone)
    select ${orgId}, * from jsonb_to_recordset(${admin.json(patients.map((patient) => ({ ...patient })))})
      as p ("patientId" uuid, "displayName" text, "birthDate" date, phone text)`;
}

function known(displayName: string, birthDate = '1961-12-24', phone = ''): Known {
  return { patientId: uuidv7(), displayName, birthDate, phone };
}

const find = async (typed: string, orgId = clinic.orgId) =>
  (await searchPatients(pool, orgId, typed)).map((patient) => patient.displayName);

const crowd = makePatients(makeRandom(11, 'crowd'), 50_000, '2031-03-03', 1_900_000_000_000);
await know(clinic.orgId, crowd);
await know(clinic.orgId, [
  known('Jürgen Müller', '1980-03-07', '+49 30 77712345'),
  known('Søren Kjær', '1955-05-05', '030 7771 2346'),
  known('Grete Straßenreuther'),
  known('Nadia Amari', '1999-07-03', '+44 7700 600123'),
  known('Łucja Wójtowicz'),
  known('Mary-Ann O’Quiltrane'),
  known('Lena Qvist'),
  known('陳大文'),
  known('100% Quizzical_Name\\'),
]);
await know(other.orgId, [known('Jürgen Müller', '1980-03-07', '+49 30 77712345')]);
await admin`vacuum analyze patients`;

describe('among 50,000 patients', () => {
  it.each([
    ['Mueller Jürgen', 'Jürgen Müller'],
    ['Muller Jurgen', 'Jürgen Müller'],
    ['muler jurgen', 'Jürgen Müller'],
    ['Müller, Jürgen', 'Jürgen Müller'],
    ['Soren Kjaer', 'Søren Kjær'],
    ['Sören Kjar', 'Søren Kjær'],
    ['Strassenreuther', 'Grete Straßenreuther'],
    ['Straßenreuter', 'Grete Straßenreuther'],
    ['reuther', 'Grete Straßenreuther'],
    ['Nadia Amari', 'Nadia Amari'],
    ['Amari Nadia', 'Nadia Amari'],
    ['Amary Nadia', 'Nadia Amari'],
    ['nad ama', 'Nadia Amari'],
    ['Lucja Wojtowicz', 'Łucja Wójtowicz'],
    ['Lucja Wojtowitz', 'Łucja Wójtowicz'],
    ['Maryann Oquiltrane', 'Mary-Ann O’Quiltrane'],
    ['Lina Qvist', 'Lena Qvist'],
    ['大文', '陳大文'],
    ['100% quizz', '100% Quizzical_Name\\'],
    ['Jürgen 07.03.1980', 'Jürgen Müller'],
    ['Müller 7/3/1980', 'Jürgen Müller'],
    ['7 Mar 1980 Müller', 'Jürgen Müller'],
    ['Müller 07031980', 'Jürgen Müller'],
    ['Müller 3/7/1980', 'Jürgen Müller'],
    ['+49 30 777 12345', 'Jürgen Müller'],
    ['030 77712345', 'Jürgen Müller'],
    ['0049-30-77712345', 'Jürgen Müller'],
    ['(030) 777.123.45', 'Jürgen Müller'],
    ['+49 30 77712346', 'Søren Kjær'],
    ['07700 600123', 'Nadia Amari'],
    ['600123', 'Nadia Amari'],
  ])('%s finds %s, first', async (typed, name) => {
    expect((await find(typed))[0]).toBe(name);
  });

  it.each(['1980-03-07', '07.03.1980', '7/3/1980', '07031980', '19800307', '7 Mar 1980', '7. März 1980'])(
    'the birth date %s finds who was born then, and with day and month the other way round where both can be',
    async (typed) => {
      const found = await searchPatients(pool, clinic.orgId, typed);
      expect(found.map((patient) => patient.displayName)).toContain('Jürgen Müller');
      expect(found.every(({ birthDate }) => /^1980-(03-07|07-03)$/.test(birthDate))).toBe(true);
    },
  );

  it('a name that only begins alike, a wrong date or phone, or punctuation finds nobody', async () => {
    for (const typed of [
      'Amarillys Nadia',
      'Müller 1980-03-08',
      'Jürgen Müller 030 99912345',
      '%%%%',
      '____',
      '--',
      "';",
    ]) {
      expect(await find(typed), typed).not.toContain('Jürgen Müller');
      expect(await find(typed), typed).not.toContain('Nadia Amari');
    }
    expect(await find('%%%%')).toEqual([]);
  });

  it('patients whose names are spelt as typed come before patients whose names only fold to the same', async () => {
    await know(clinic.orgId, [known('Xaver Jäger'), known('Xaver Jaeger'), known('Xaver Jager')]);
    expect((await find('Xaver Jaeger'))[0]).toBe('Xaver Jaeger');
    expect((await find('Xaver Jäger'))[0]).toBe('Xaver Jäger');
  });

  it('the patients of another organization are not found', async () => {
    expect(await find('Müller', other.orgId)).toEqual(['Jürgen Müller']);
    expect(await find('Amari', other.orgId)).toEqual([]);
  });

  it('a patient who is no longer active is not found', async () => {
    const [gone] = [known('Quirin Zwiebelkranz')];
    if (!gone) throw new Error('nobody');
    await know(clinic.orgId, [gone]);
    expect(await find('Zwiebelkranz')).toEqual(['Quirin Zwiebelkranz']);
    await admin`update patients set active = false where patient_id = ${gone.patientId}`;
    expect(await find('Zwiebelkranz')).toEqual([]);
  });
});

it.each(['mueller', 'muler jurgen', 'mu', '1980-03-07', '030 77712345', 'muller 1980-03-07', 'zzyzx'])(
  'searching %s reads the trigram index and never all patients',
  async (typed) => {
    const lines: string[] = [];
    const superuser = postgres(database.superuserUrl, { max: 1, onnotice: ({ message }) => lines.push(message ?? '') });
    try {
      await superuser.unsafe(`load 'auto_explain'; set client_min_messages = log; set auto_explain.log_min_duration = 0;
        set auto_explain.log_nested_statements = on`);
      const { name, numbers } = readPatientQuery(typed);
      await superuser`select from holdfast_api.search_patients(${clinic.orgId}, ${name}, ${[...numbers]}::text[], 200)`;
    } finally {
      await superuser.end();
    }
    const plans = lines.filter((line) => line.includes('word_similarity($5'));
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan).toContain('Bitmap Index Scan on patients_search');
      expect(plan).not.toContain('Seq Scan on patients');
    }
  },
);

it('names fold and phones are read in the database as in core/domain', async () => {
  const letters = (from: number, until: number, step = 1) =>
    Array.from({ length: Math.ceil((until - from) / step) }, (_, n) => `x${String.fromCodePoint(from + n * step)}ey`);
  const names = [
    ...nameStocks.flatMap(({ given, family }) => [...given, ...family]),
    // U+0085 is left out: one side takes that control character for a blank, the other does not.
    ...letters(0x20, 0x85),
    ...letters(0x86, 0x3000),
    ...letters(0x3000, 0xd7a4, 13),
  ];
  const phones = [...new Set(crowd.slice(0, 500).map(({ phone }) => phone)), '+49 (0)30 1', '0049 30/1-2', '(030) 12'];
  const folded = await admin<{ by: string }[]>`
    select fold_name(name) as by from unnest(${names}::text[]) with ordinality n(name, nth) order by nth`;
  const digits = await admin<{ by: string }[]>`
    select phone_digits(phone) as by from unnest(${phones}::text[]) with ordinality n(phone, nth) order by nth`;
  expect(folded.map(({ by }) => by)).toEqual(names.map(foldName));
  expect(digits.map(({ by }) => by)).toEqual(phones.map(phoneDigits));
});
