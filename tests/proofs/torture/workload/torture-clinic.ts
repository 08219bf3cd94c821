import { hash } from '@node-rs/argon2';
import postgres from 'postgres';

import { quarterAtMilliseconds, type Quarter } from '../../../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../../../core/domain/time/zoned.ts';
import { makeClinic, type Clinic } from '../../../builders/clinic.ts';
import { zoneAtNoon } from '../../../builders/zone-at-noon.ts';

export interface TortureClinic extends Clinic {
  readonly password: string;
  /** The administrator, who pairs desks. The clinic's other user works at them. */
  readonly administrator: string;
  /** The dates, in the site's zone, on which things can happen. */
  readonly dates: readonly string[];
  /** Starts that every desk wants. */
  readonly hotStarts: readonly Quarter[];
  readonly hotProviders: readonly string[];
}

const password = 'twelve desks and no mercy';
const days = 5;

/**
 * A clinic that is open day and night since an hour ago, in a zone in which it is noon: patients arrive for what is wanted most,
 * and some visits are over. One of the wanted providers has slots of two seats.
 */
export async function makeTortureClinic(adminDatabaseUrl: string): Promise<TortureClinic> {
  const admin = postgres(adminDatabaseUrl, { max: 1, onnotice: () => {} });
  try {
    const zone = zoneAtNoon();
    const opensAt = quarterAtMilliseconds(Date.now()) - 4;
    const clinic = await makeClinic(admin, {
      providers: 10,
      rooms: 10,
      equipment: 3,
      patients: 500,
      days,
      opensAt,
      timeZone: zone,
      passwordHash: await hash(password),
    });
    const hotProviders = clinic.providers.slice(0, 3);
    await admin`update slots set capacity = 2 where org_id = ${clinic.orgId} and resource_id = ${hotProviders[2]!}`;
    const administrator = `administrator-${clinic.orgId}`;
    await admin`
      insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
      select org_id, gen_random_uuid(), ${administrator}, 'Administrator', 'administrator', password_hash, home_site_id
      from users where org_id = ${clinic.orgId}`;
    await admin`analyze`;
    const first = dateAt(opensAt, zone);
    return {
      ...clinic,
      password,
      administrator,
      dates: Array.from({ length: days + 1 }, (_, n) => addDays(first, n)),
      hotStarts: Array.from({ length: 6 }, (_, n) => opensAt + 32 + 2 * n),
      hotProviders,
    };
  } finally {
    await admin.end();
  }
}
