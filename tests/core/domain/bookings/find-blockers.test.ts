import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decideBook } from '../../../../core/domain/bookings/decide-book.ts';
import type { Blocker, BookingFacts, Request, ResourceFacts } from '../../../../core/domain/bookings/facts.ts';
import { findBlockers } from '../../../../core/domain/bookings/find-blockers.ts';
import { busyQuarters, holdersAt, neededQuarters, range, satisfying, stateAt } from './naive-model.ts';
import { factsAndRequest, hold, quietClinic, requestIn } from './small-clinics.ts';

/** A blocker without its time. */
const subjectOf = ({ start: _start, end: _end, ...subject }: Blocker) =>
  JSON.stringify(Object.entries(subject).toSorted(([a], [b]) => a.localeCompare(b)));
const inQuarters = (blockers: readonly Blocker[]) =>
  blockers.flatMap((blocker) => range(blocker.start, blocker.end).map((quarter) => `${subjectOf(blocker)} ${quarter}`));

function naiveBlockers(facts: BookingFacts, request: Request, ignoring: string | undefined): string[] {
  const { calendar, service } = facts;
  const ofOne = (kind: ResourceFacts['kind'], resourceId: string) =>
    neededQuarters(facts, request, kind).flatMap((start): Blocker[] => {
      const window = { start, end: start + 1 };
      const state = stateAt(calendar, resourceId, start, ignoring);
      if (state === 'free') return [];
      if (state === 'closed') return [{ reason: 'closed', kind, resourceId, ...window }];
      return holdersAt(calendar, resourceId, start, ignoring).map((appointmentId): Blocker => ({
        reason: 'taken',
        kind,
        resourceId,
        appointmentId,
        ...window,
      }));
    });
  const ofKind = (kind: 'room' | 'equipment', named: string | null, needed: string | null, isNeeded: boolean) => {
    if (named !== null) return ofOne(kind, named);
    if (!isNeeded) return [];
    const each = satisfying(facts, kind).map((resourceId) => ofOne(kind, resourceId));
    if (each.some((blockers) => blockers.length === 0)) return [];
    if (each.length > 0) return each.flat();
    const quarters = neededQuarters(facts, request, kind);
    return quarters.map((start): Blocker => ({ reason: 'none-suitable', kind, needed, start, end: start + 1 }));
  };
  const busy = busyQuarters(facts, request, ignoring).map((text): Blocker => {
    const [appointmentId = '', quarter] = text.split('@');
    return { reason: 'patient-busy', appointmentId, start: Number(quarter), end: Number(quarter) + 1 };
  });
  return inQuarters([
    ...ofOne('provider', request.providerId),
    ...ofKind('room', request.roomId, service.roomFeature, service.needsRoom),
    ...ofKind('equipment', request.equipmentId, service.equipmentType, service.equipmentType !== null),
    ...busy,
  ]);
}

describe('finding what stands in the way', () => {
  test('names each closed quarter and each holder of each full quarter, of everything that is needed, and no more', () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(factsAndRequest, fc.constantFrom(undefined, 'held-1', 'own-0'), ({ facts, request }, ignoring) => {
        const blockers = findBlockers(facts, request, ignoring);
        for (const { reason } of blockers) reasons.add(reason);
        expect(inQuarters(blockers).toSorted()).toEqual(naiveBlockers(facts, request, ignoring).toSorted());
      }),
      { numRuns: 500 },
    );
    expect(reasons).toEqual(new Set(['taken', 'closed', 'none-suitable', 'patient-busy']));
  });

  test('names touching quarters of one reason and one appointment once', () => {
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const blockers = findBlockers(facts, request);
        for (const [n, one] of blockers.entries()) {
          for (const other of blockers.slice(n + 1)) {
            const isApart = one.end < other.start || other.end < one.start;
            expect(subjectOf(one) !== subjectOf(other) || isApart).toBe(true);
          }
        }
      }),
    );
  });

  test('is empty exactly when the booking is decided, and is what its conflict carries otherwise', () => {
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const decision = decideBook(facts, request, -1000);
        fc.pre(decision.ok || decision.error.kind === 'conflict');
        const blockers = findBlockers(facts, request);
        expect(decision.ok ? [] : decision.error).toEqual(decision.ok ? blockers : { kind: 'conflict', blockers });
      }),
    );
  });

  test('lists provider, room, equipment and patient together, not just the first', () => {
    let facts = quietClinic({ needsRoom: true, equipmentType: 'ecg' });
    for (const resourceId of ['provider-1', 'room-1', 'room-2', 'equipment-1']) {
      facts = hold(facts, resourceId, 2, 5, `on ${resourceId}`);
    }
    facts = { ...facts, patientVisits: [{ appointmentId: 'own', siteId: 'site-there', start: 5, end: 9 }] };
    const taken = (kind: string, resourceId: string) => ({
      reason: 'taken',
      kind,
      resourceId,
      appointmentId: `on ${resourceId}`,
      start: 4,
      end: 5,
    });
    expect(findBlockers(facts, requestIn(facts))).toEqual([
      taken('provider', 'provider-1'),
      taken('room', 'room-1'),
      taken('room', 'room-2'),
      taken('equipment', 'equipment-1'),
      { reason: 'patient-busy', appointmentId: 'own', start: 5, end: 6 },
    ]);
  });

  test('says that nothing here satisfies the service, and what is needed', () => {
    const facts = quietClinic({ needsRoom: true, roomFeature: 'lead', bufferAfterQuarters: 1 });
    expect(findBlockers(facts, requestIn(facts))).toEqual([
      { reason: 'none-suitable', kind: 'room', needed: 'lead', start: 4, end: 7 },
    ]);
  });
});
