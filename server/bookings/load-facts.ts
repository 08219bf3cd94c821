import type { BookingFacts } from '../../core/domain/bookings/facts.ts';
import { instantOf, type Quarter } from '../../core/domain/time/quarter.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { factsFromRow, type FactsRow } from './facts-from-row.ts';

/** What of the calendar to load: some providers (null: all who offer the service), and a stretch of time. */
export interface FactsWanted {
  readonly orgId: string;
  readonly siteId: string;
  readonly serviceId: string;
  readonly patientId: string | null;
  readonly providerIds: readonly string[] | null;
  /** Rooms and equipment that were named: loaded even where they don't satisfy the service, so that one can say so. */
  readonly namedIds: readonly string[];
  readonly from: Quarter;
  /** Null: as long as the service lasts. The service's buffers are added on both sides. */
  readonly until: Quarter | null;
  /**
   * Only what is free, and nothing of who holds the rest: several times cheaper over a long stretch. Slots of several
   * seats have as their capacity those that are left.
   */
  readonly seatsLeft?: boolean;
}

/**
 * The facts of one decision, in one query and so from one snapshot. They may be stale the moment they arrive; nothing
 * but the choice of room and equipment and good manners depends on them. Null when there is no such active service.
 */
export async function loadBookingFacts(pool: Pool, wanted: FactsWanted): Promise<BookingFacts | null> {
  const until = wanted.until === null ? null : instantOf(wanted.until);
  const [row] = await pool<{ facts: FactsRow | null }[]>`
    select holdfast_api.booking_facts(${wanted.orgId}, ${wanted.siteId}, ${wanted.serviceId}, ${wanted.patientId},
      ${wanted.providerIds}::uuid[], ${wanted.namedIds}::uuid[],
      ${instantOf(wanted.from)}, ${until}, ${wanted.seatsLeft ?? false}) as facts`;
  return row?.facts ? factsFromRow(row.facts, wanted.siteId) : null;
}
