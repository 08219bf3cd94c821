import { horizonOf, minHorizonDays } from '../../core/domain/roster/horizon.ts';
import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../core/domain/time/zoned.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { publishSlots } from '../../db/pg/publish-slots.ts';
import { withSerializable } from '../../db/pg/with-serializable.ts';
import { findOrganizations } from './find-organizations.ts';
import { defineJob } from './job.ts';

const todayAt = (now: string) => dateAt(quarterDuring(now), 'UTC');

/** Makes the days to the horizon bookable in one organization. What is published already stays as it is. */
async function publishHorizon(
  pool: Pool,
  orgId: string,
  today: string,
  beforeEach: () => Promise<void>,
): Promise<void> {
  for (const days of horizonOf(today)) {
    await beforeEach();
    await withSerializable(pool, (tx) => publishSlots(tx, { orgId, ...days }));
  }
}

/**
 * Publishes the days of every organization that has fewer than 49 left, before a server begins to serve: a clinic that was
 * closed for weeks finds its calendar as it should be. `now` is RFC 3339.
 */
export async function extendShortHorizons(pool: Pool, now: string): Promise<void> {
  const today = todayAt(now);
  const short = await pool<{ orgId: string }[]>`
    select org_id as "orgId" from holdfast_api.find_short_horizons(${addDays(today, minHorizonDays)}::date)`;
  for (const { orgId } of short) await publishHorizon(pool, orgId, today, async () => {});
}

/**
 * Keeps every organization's days bookable to the horizon. All of them are published anew each day, because a shift that
 * came to the roster since has to open slots on the days that others have already.
 */
export const extendHorizons = defineJob({
  name: 'extend-horizons',
  dailyAtUtc: '02:00',
  async run({ pool, now, goOn }) {
    for (const orgId of await findOrganizations(pool)) await publishHorizon(pool, orgId, todayAt(now()), goOn);
  },
});
