import { addDays } from '../../core/domain/time/zoned.ts';
import type { SiteName } from './clinic-plan.ts';
import { berlin, kolkata } from './clinic-plan.ts';
import { nameStocks } from './patient-names.ts';
import type { NameStock } from './patient-names.ts';
import type { Random } from './seeded-random.ts';

export interface DemoPatient {
  readonly patientId: string;
  readonly displayName: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly alert: string;
  /** The site that the patient usually visits. */
  readonly site: SiteName;
  readonly isChild: boolean;
}

/**
 * Numbers that no telephone has. Sources for Germany: "Rufnummern für Medienproduktionen", Bundesnetzagentur. United Kingdom:
 * "Telephone numbers for use in TV and radio drama programmes", Ofcom. India reserves none, so Kolkata borrows these.
 */
const inventedPhoneRanges = [
  '+49 30 23125',
  '+49 40 66969',
  '+49 69 90009',
  '+49 221 4710',
  '+49 89 99998',
  '+44 7700 900',
];

const alerts = [
  'Allergy: penicillin',
  'Allergy: latex',
  'Uses a wheelchair: step-free room',
  'Hard of hearing: please face the patient',
  'Needs an interpreter',
  'Takes blood thinners',
  'Faints at blood draws: lies down first',
];

/** The patients of the demo: invented names and numbers, ages from newborn to 96. `today` is a calendar day. */
export function makePatients(random: Random, count: number, today: string, bornAtMilliseconds: number): DemoPatient[] {
  const patients: DemoPatient[] = [];
  let previous: DemoPatient | undefined;
  for (let n = 0; n < count; n++) {
    const isChild = random.chance(0.2);
    const birthDate = addDays(today, isChild ? -random.whole(20, 13 * 365) : -random.whole(14 * 366, 96 * 365));
    // Children mostly come under the number of the parent who registered just before them; some people have no phone.
    const family: DemoPatient | undefined = isChild && random.chance(0.6) ? previous : undefined;
    const phone = family?.phone ?? (random.chance(0.03) ? '' : makePhone(random));
    const patient = {
      patientId: random.id(bornAtMilliseconds + n * 1000),
      displayName: makeName(random, random.weighted(nameStocks)),
      birthDate,
      phone,
      alert: random.chance(0.04) ? random.pick(alerts) : '',
      site: family?.site ?? (random.chance(0.58) ? berlin.name : kolkata.name),
      isChild,
    };
    patients.push(patient);
    if (!isChild) previous = patient;
  }
  return patients;
}

function makeName(random: Random, stock: NameStock): string {
  const given = random.pick(stock.given);
  const family = random.pick(stock.family);
  return stock.familyFirst === undefined ? `${given} ${family}` : `${family}${stock.familyFirst}${given}`;
}

function makePhone(random: Random): string {
  return `${random.pick(inventedPhoneRanges)}${String(random.whole(0, 999)).padStart(3, '0')}`;
}
