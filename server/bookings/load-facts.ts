import type { AppointmentFacts } from '../../core/domain/bookings/facts.ts';
import { instantOf, type Quarter } from '../../core/domain/time/quarter.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { factsFromRow, type FactsRow, type LoadedFacts } from './facts-from-row.ts';

/** The part of the calendar to load: some providers (null: all that offer the service), and a stretch of time. */
export interface FactsWanted {
  readonly orgId: string;
  readonly siteId: string;
  readonly serviceId: string;
  readonly patientId: string | null;
  readonly providerIds: readonly string[] | null;
  /**
   * Rooms and equipment that the command names. They are loaded even where they don't satisfy the service, so that the
   * refusal can say so.
   */
  readonly namedIds: readonly string[];
  readonly from: Quarter;
  /** Null: until the service's duration is over. The service's buffers are added on both sides. */
  readonly until: Quarter | null;
  /**
   * True: only free slots, and no holders; several times cheaper over a long stretch. The capacity of a slot is then the number
   * of its free seats.
   */
  readonly seatsLeft?: boolean;
  /** True: the service, and the providers and resources that are named, may be inactive. */
  readonly alsoRetired?: boolean;
}

/**
 * The facts of one decision, in one query and so from one snapshot. They may be stale on arrival: only the choice of room and
 * equipment and the words of a refusal depend on them. Null where there is no such service, or an inactive one that was not
 * asked for.
 */
export async function loadBookingFacts(pool: Pool, wanted: FactsWanted): Promise<LoadedFacts | null> {
  const until = wanted.until === null ? null : instantOf(wanted.until);
  const [row] = await pool<{ facts: FactsRow | null }[]>`
    select holdfast_api.booking_facts(${wanted.orgId}, ${wanted.siteId}, ${wanted.serviceId}, ${wanted.patientId},
      ${wanted.providerIds}::uuid[], ${wanted.namedIds}::uuid[],
      ${instantOf(wanted.from)}, ${until}, ${wanted.seatsLeft ?? false},
      ${wanted.alsoRetired ?? false}) as facts`;
  return row?.facts ? factsFromRow(row.facts, wanted.siteId) : null;
}

/** The facts about the stretch of a visit that is to have its own slots again, whatever was retired since. */
export function loadFactsOfVisit(pool: Pool, orgId: string, visit: AppointmentFacts): Promise<LoadedFacts | null> {
  return loadBookingFacts(pool, {
    orgId,
    siteId: visit.siteId,
    serviceId: visit.serviceId,
    patientId: visit.patientId,
    providerIds: [visit.providerId],
    namedIds: [visit.roomId, visit.equipmentId].filter((resourceId) => resourceId !== null),
    alsoRetired: true,
    from: visit.start - visit.bufferBeforeQuarters,
    until: visit.end + visit.bufferAfterQuarters,
  });
}
