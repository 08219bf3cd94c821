import type {
  BookingFacts,
  Occupancy,
  PatientVisit,
  ResourceFacts,
  ServiceFacts,
  SlotRun,
} from '../../core/domain/bookings/facts.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';

/** A row of `booking_facts`. An aggregate of nothing is null. */
export interface FactsRow {
  /** The database's clock, RFC 3339. */
  readonly readAt: string;
  readonly isOffered: boolean;
  readonly retiredIds: readonly string[] | null;
  readonly service: ServiceFacts;
  readonly resources: readonly ResourceFacts[] | null;
  /** For each resource its open slots in order of time; `capacities` has the capacity of each at the same index. */
  readonly openSlots: readonly OpenSlots[] | null;
  readonly occupancies: readonly Occupancy[] | null;
  readonly patientVisits: readonly PatientVisit[] | null;
}

interface OpenSlots {
  readonly resourceId: string;
  readonly quarters: readonly Quarter[];
  readonly capacities: readonly number[];
}

/** Joins slots that follow one another and have the same capacity into runs. */
function runsOf({ resourceId, quarters, capacities }: OpenSlots, siteId: string): SlotRun[] {
  const runs: SlotRun[] = [];
  for (let first = 0, n = 1; n <= quarters.length; n++) {
    const continues = quarters[n] === (quarters[n - 1] as Quarter) + 1 && capacities[n] === capacities[first];
    if (continues) continue;
    const start = quarters[first] as Quarter;
    runs.push({ resourceId, siteId, capacity: capacities[first] as number, start, end: start + n - first });
    first = n;
  }
  return runs;
}

/** The domain's facts, and what else the database says of them. */
export interface LoadedFacts extends BookingFacts {
  /** When they were read by the database's clock, RFC 3339. */
  readonly readAt: string;
  /** The service is active. */
  readonly isOffered: boolean;
  /** The resources that are inactive; they are among the others where the facts were asked for with what was retired. */
  readonly retiredIds: readonly string[];
}

/** The domain's facts of the calendar of one site. */
export function factsFromRow(row: FactsRow, siteId: string): LoadedFacts {
  return {
    readAt: row.readAt,
    isOffered: row.isOffered,
    retiredIds: row.retiredIds ?? [],
    service: row.service,
    calendar: {
      siteId,
      resources: row.resources ?? [],
      openRuns: (row.openSlots ?? []).flatMap((slots) => runsOf(slots, siteId)),
      occupancies: row.occupancies ?? [],
    },
    patientVisits: row.patientVisits ?? [],
  };
}
