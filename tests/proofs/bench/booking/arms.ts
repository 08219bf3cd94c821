import { v7 as uuidv7 } from 'uuid';

import type { Command } from '../../../../core/commands/list.ts';
import type { Placement } from '../../../../core/domain/bookings/facts.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import { protocol } from '../../../../core/primitives/protocol.ts';
import type { Pool } from '../../../../db/pg/pool.ts';
import { appointmentRow } from '../../../../server/bookings/appointment-row.ts';
import { bookCall } from '../../../../server/bookings/calls.ts';
import { loadBookingFacts } from '../../../../server/bookings/load-facts.ts';
import { envelopeOf } from '../../../../server/commands/envelope.ts';
import { actorOf, atDesk, bookCommand } from '../../../builders/commands.ts';
import type { Arm } from '../run-arms.ts';
import { makeVisits, type BenchClinic } from './bench-clinic.ts';
import type { BenchServer, LoadClient } from './load-client.ts';
import { otherMechanisms } from './others.ts';

/** The book command for this placement, with room and equipment named, so that no two bookings contend. */
export function commandFor(clinic: BenchClinic, placement: Placement): Command<'book'> {
  const { appointmentId, siteId, patientId, serviceId, providerId, roomId, equipmentId } = placement;
  return {
    commandId: uuidv7(),
    actorId: clinic.userId,
    deskId: 'desk-of-a-benchmark',
    madeAt: new Date().toISOString(),
    protocol,
    body: {
      appointmentId,
      siteId,
      patientId: patientId ?? '',
      serviceId,
      providerId,
      scheduledStart: instantOf(placement.start),
      ...(roomId === null ? {} : { roomId }),
      ...(equipmentId === null ? {} : { equipmentId }),
    },
  };
}

export interface ArmParts {
  readonly pool: Pool;
  readonly clinic: BenchClinic;
  readonly seed: number;
  readonly client: LoadClient;
  readonly server: BenchServer;
  readonly token: string;
}

/** The bare database call as the server makes it: BEGIN ISOLATION LEVEL SERIALIZABLE, one function, COMMIT. */
export function bareCall(pool: Pool, clinic: BenchClinic, nextVisit: () => Placement, retries: { count: number }) {
  const hooks = { retried: () => void retries.count++ };
  const actor = actorOf(clinic);
  return async () => {
    const envelope = envelopeOf('book', bookCommand(clinic, 0), actor, atDesk);
    const committed = await bookCall({ pool, hooks, envelope, actor }, nextVisit());
    if (!committed.ok) throw new Error(`an uncontended booking was ${committed.error}`);
    return true;
  };
}

/** The arms that are measured side by side: our booking over HTTP, its parts, the floor, and the mechanisms of others. */
export function makeArms({ pool, clinic, seed, client, server, token }: ArmParts, retries: { count: number }) {
  // The bare call and HTTP fill one calendar, so they share its visits. Each other arm has tables of its own.
  const nextVisit = makeVisits(clinic, seed);
  const floorVisit = makeVisits(clinic, seed);
  const seenVisit = makeVisits(clinic, seed, { again: true });
  const others = otherMechanisms(pool);
  const byOthers = Object.entries(others).map(([name, { book }]) => {
    const next = makeVisits(clinic, seed);
    return [name, async () => (await book(next())) === 'booked'] as const;
  });
  return {
    others,
    arms: {
      'booking over HTTP': async () => {
        const answer = await client.post(`${server.url}/api/commands/book`, commandFor(clinic, nextVisit()), token);
        if (answer.status !== 200) throw new Error(`an uncontended booking was answered ${answer.status}`);
        return true;
      },
      'the booking call': bareCall(pool, clinic, nextVisit, retries),
      'the floor': async () => {
        const envelope = envelopeOf('book', bookCommand(clinic, 0), actorOf(clinic), atDesk);
        await pool.transaction('isolation level read committed', async (tx) => {
          await tx`select floor.book(${clinic.orgId}, ${envelope}::jsonb, ${appointmentRow(floorVisit())}::jsonb) as verdict`;
        });
        return true;
      },
      'the facts query': async () => {
        const { start, providerId, roomId, equipmentId, siteId, serviceId, patientId } = seenVisit();
        await loadBookingFacts(pool, {
          orgId: clinic.orgId,
          siteId,
          serviceId,
          patientId,
          providerIds: [providerId],
          namedIds: [roomId ?? '', equipmentId ?? ''],
          from: start,
          until: null,
        });
        return true;
      },
      'a POST that does nothing': async () => {
        await client.post(`${server.idleUrl}/nothing`, commandFor(clinic, seenVisit()), token);
        return true;
      },
      ...Object.fromEntries(byOthers),
    } as Readonly<Record<string, Arm>>,
  };
}
