import { quarterDuring } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../core/domain/time/zoned.ts';
import { openOwnerConnection } from '../../db/pg/owner-connection.ts';
import type { Transaction } from '../../db/pg/pool.ts';
import { publishSlots } from '../../db/pg/publish-slots.ts';

/** Slots are published so far ahead, and again when less than `leastDays` of them are left. */
const daysAhead = 56;
const leastDays = 49;

/**
 * Publishes the slots of the weeks to come from the shifts of every organization, so that a clinic which starts its
 * Holdfast each morning never reaches the end of its calendar. Does nothing while enough are there.
 */
export async function extendHorizon(options: {
  adminDatabaseUrl: string;
  /** RFC 3339. */
  now: string;
  onProgress: (line: string) => void;
}): Promise<void> {
  const today = dateAt(quarterDuring(options.now), 'UTC');
  const sql = openOwnerConnection(options.adminDatabaseUrl, { applicationName: 'holdfast horizon' });
  try {
    const short = await sql<{ org_id: string }[]>`
      select org_id from organizations o
      where exists (select from shifts where org_id = o.org_id)
        and not exists (select from slots where org_id = o.org_id and starts_at >= ${addDays(today, leastDays)}::date)`;
    for (const { org_id: orgId } of short) {
      const published = await sql.begin((tx) =>
        publishSlots(tx as unknown as Transaction, { orgId, from: today, until: addDays(today, daysAhead) }),
      );
      options.onProgress(`${published} slots of the weeks to come`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}
