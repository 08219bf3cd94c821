import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';

import { addDays } from '../../../core/domain/time/zoned.ts';
import { extendHorizons } from '../../../server/jobs/extend-horizon.ts';
import { insertRaw } from '../../builders/appointment-row.ts';
import { makeManualClock } from '../../builders/manual-clock.ts';
import { withServers } from '../../builders/server.ts';

const { admin, clinic, start } = await withServers();
const today = '2032-06-07';
const startsAt = `${today}T08:00:00Z`;

/** Every day from eight to nine, on the wall of Berlin. */
async function addShifts(resourceId: string): Promise<void> {
  for (let weekday = 1; weekday <= 7; weekday++) {
    await insertRaw(admin, 'shifts', {
      org_id: clinic.orgId,
      shift_id: uuidv7(),
      resource_id: resourceId,
      site_id: clinic.siteId,
      weekday,
      starts_at_local: '08:00',
      ends_at_local: '09:00',
      valid_from: '2031-01-01',
    });
  }
}

const bookableDays = async (resourceId: string | undefined) =>
  (
    await admin<{ day: string }[]>`select distinct (starts_at at time zone 'UTC')::date::text as day from slots
      where resource_id = ${resourceId ?? ''} and starts_at >= ${today}::date order by 1`
  ).map(({ day }) => day);

it('a server that starts on a lapsed calendar makes its days bookable before it answers, and its job keeps them so', async () => {
  const [first = '', second = ''] = clinic.providers;
  await addShifts(first);
  const clock = makeManualClock(startsAt);
  const server = await start({ clock, jobs: [extendHorizons] });
  expect(await bookableDays(first)).toEqual(Array.from({ length: 56 }, (_, n) => addDays(today, n)));

  // Who comes to the roster later has the same days, not only those at the horizon.
  await addShifts(second);
  await clock.advance(0);
  expect(await bookableDays(second)).toHaveLength(56);
  for (let day = 0; day < 3; day++) await clock.advance(86_400_000);
  for (const providerId of [first, second]) expect((await bookableDays(providerId)).at(-1)).toBe(addDays(today, 58));
  await server.close();
});
