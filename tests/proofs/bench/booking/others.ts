import { setTimeout as delay } from 'node:timers/promises';

import type { Placement } from '../../../../core/domain/bookings/facts.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import type { Pool, Transaction } from '../../../../db/pg/pool.ts';
import { errorCode } from '../../../../db/pg/sql-state.ts';

export type Attempt = 'booked' | 'taken' | 'gave-up';

/** One way to book. `conflicts` counts the failed attempts that may be tried again. */
export interface Mechanism {
  readonly book: (placement: Placement) => Promise<Attempt>;
  readonly conflicts: { count: number };
}

/**
 * 53200: the open-ended look below locks so much that SERIALIZABLE runs out of predicate locks. CONNECTION_LOST: no
 * connection was free for ten seconds, because all of them waited for PostgreSQL to find deadlocks.
 */
const isPassing = (error: unknown) => ['40001', '40P01', '53200', 'CONNECTION_LOST'].includes(errorCode(error));

function rowsOf(placement: Placement) {
  const resources = [placement.providerId, placement.roomId, placement.equipmentId];
  return { resources, startsAt: instantOf(placement.start), endsAt: instantOf(placement.end) };
}

async function insertAppointment(tx: Transaction, placement: Placement): Promise<void> {
  const { startsAt, endsAt } = rowsOf(placement);
  await tx`insert into others.appointments values (${placement.appointmentId}, ${placement.patientId},
    ${placement.serviceId}, ${startsAt}, ${endsAt}, 'booked')`;
}

/** Looks for an overlapping visit, and writes when there is none. */
async function checkThenInsert(tx: Transaction, placement: Placement): Promise<Attempt> {
  const { resources, startsAt, endsAt } = rowsOf(placement);
  const inTheWay = await tx`select from others.occupied o
    where o.resource_id = any (${resources}::uuid[]) and o.starts_at < ${endsAt} and o.ends_at > ${startsAt}`;
  if (inTheWay.length > 0) return 'taken';
  await insertAppointment(tx, placement);
  await tx`insert into others.occupied
    select r, ${startsAt}, ${endsAt}, ${placement.appointmentId} from unnest(${resources}::uuid[]) r`;
  return 'booked';
}

/** The mechanisms of other systems, over the same driver and pool. */
export function otherMechanisms(pool: Pool) {
  const readCommitted: Mechanism = {
    conflicts: { count: 0 },
    book: (placement) => pool.transaction('isolation level read committed', (tx) => checkThenInsert(tx, placement)),
  };

  const serializable: Mechanism = {
    conflicts: { count: 0 },
    async book(placement) {
      for (let attempt = 0; attempt < 2; attempt++) {
        try {
          return await pool.transaction('isolation level serializable', (tx) => checkThenInsert(tx, placement));
        } catch (error) {
          if (!isPassing(error)) throw error;
          serializable.conflicts.count++;
          await delay(Math.random() * 5);
        }
      }
      return 'gave-up';
    },
  };

  const exclusion: Mechanism = {
    conflicts: { count: 0 },
    async book(placement) {
      const { resources, startsAt, endsAt } = rowsOf(placement);
      for (let attempt = 0; attempt < 3; attempt++) {
        try {
          return await pool.transaction<Attempt>('isolation level read committed', async (tx) => {
            await insertAppointment(tx, placement);
            await tx`insert into others.excluded
              select r, tstzrange(${startsAt}, ${endsAt}), ${placement.appointmentId} from unnest(${resources}::uuid[]) r`;
            return 'booked';
          });
        } catch (error) {
          if (errorCode(error) === '23P01') return 'taken';
          if (!isPassing(error)) throw error;
          exclusion.conflicts.count++;
        }
      }
      return 'gave-up';
    },
  };

  return {
    'check, then insert (READ COMMITTED)': readCommitted,
    'check, then insert (SERIALIZABLE, one retry)': serializable,
    'GiST exclusion (READ COMMITTED)': exclusion,
  };
}
