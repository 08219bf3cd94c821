import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decideBook } from '../../../../core/domain/bookings/decide-book.ts';
import type { Alternative, BookingFacts, Request } from '../../../../core/domain/bookings/facts.ts';
import { findAlternatives } from '../../../../core/domain/bookings/find-alternatives.ts';
import { bookablePairs, range } from './naive-model.ts';
import { day, factsAndRequest, hold, quietClinic, requestIn } from './small-clinics.ts';

const now = fc.integer({ min: day.start - 2, max: 8 });
const limit = fc.integer({ min: 0, max: 6 });
const asAsked = ({ facts, request }: { facts: BookingFacts; request: Request }) => ({
  facts,
  request: { ...request, roomId: null, equipmentId: null },
});
const plain = factsAndRequest.map(asAsked);

const distance = (request: Request, { start }: { start: number }) => Math.abs(start - request.start);
/** Sorts by nearness. Of two equally near starts the earlier one comes first. */
const byNearness = (request: Request) => (a: { start: number }, b: { start: number }) =>
  distance(request, a) - distance(request, b) || a.start - b.start;

/** Every start at which one provider could take the asked visit, nearest first, by trying them all. */
function everyStart(facts: BookingFacts, request: Request, providerId: string, earliest: number, ignoring?: string) {
  return range(Math.max(earliest, day.start - 4), day.end + 4)
    .filter((start) => providerId !== request.providerId || start !== request.start)
    .filter((start) => {
      const moved = { ...request, providerId, start, end: start + request.end - request.start };
      return bookablePairs(facts, moved, ignoring).length > 0;
    })
    .map((start) => ({ start, providerId }))
    .toSorted(byNearness(request));
}

describe('finding alternatives', () => {
  test('gives placements alone that could really be booked, rooms and equipment included, none before now', () => {
    let count = 0;
    fc.assert(
      fc.property(factsAndRequest, now, limit, ({ facts, request }, earliest, most) => {
        const found = findAlternatives(facts, request, { now: earliest, limit: most });
        expect(found.length).toBeLessThanOrEqual(most);
        for (const alternative of found) {
          count++;
          expect(alternative.start).toBeGreaterThanOrEqual(earliest);
          expect(alternative.end - alternative.start).toBe(request.end - request.start);
          expect(decideBook(facts, { ...request, ...alternative }, earliest).ok).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
    expect(count).toBeGreaterThan(100);
  });

  test('gives each once, and never what was asked', () => {
    fc.assert(
      fc.property(factsAndRequest, now, ({ facts, request }, earliest) => {
        const found = findAlternatives(facts, request, { now: earliest, limit: 5 });
        expect(new Set(found.map(({ start, providerId }) => `${providerId} ${start}`)).size).toBe(found.length);
        const isAsked = ({ start, providerId, roomId, equipmentId }: Alternative) =>
          start === request.start &&
          providerId === request.providerId &&
          (request.roomId === null || roomId === request.roomId) &&
          (request.equipmentId === null || equipmentId === request.equipmentId);
        expect(found.filter(isAsked)).toEqual([]);
      }),
    );
  });

  test("gives the asked provider's first, and misses none that is nearer", () => {
    fc.assert(
      fc.property(plain, now, limit, ({ facts, request }, earliest, most) => {
        const found = findAlternatives(facts, request, { now: earliest, limit: most });
        const own = found.filter(({ providerId }) => providerId === request.providerId);
        const expected = everyStart(facts, request, request.providerId, earliest).slice(0, most);
        expect(own.map(({ start, providerId }) => ({ start, providerId }))).toEqual(expected);
        expect(found.slice(0, own.length)).toEqual(own);
      }),
      { numRuns: 400 },
    );
  });

  test('fills what is left with the other providers, nearest first, and leaves no place empty that could be filled', () => {
    fc.assert(
      fc.property(plain, now, limit, ({ facts, request }, earliest, most) => {
        const found = findAlternatives(facts, request, { now: earliest, limit: most });
        const others = found.filter(({ providerId }) => providerId !== request.providerId);
        expect(others.map((one) => distance(request, one))).toEqual(
          others.map((one) => distance(request, one)).toSorted((a, b) => a - b),
        );
        const possible = facts.service.providerIds.flatMap((id) => everyStart(facts, request, id, earliest));
        expect(found.length).toBe(Math.min(most, possible.length));
        // With at most two others no minute can be crowded, so the nearest must all be there.
        const nearest = possible
          .filter(({ providerId }) => providerId !== request.providerId)
          .toSorted(byNearness(request));
        expect(others.map(({ start }) => start)).toEqual(nearest.slice(0, others.length).map(({ start }) => start));
      }),
      { numRuns: 400 },
    );
  });

  test("counts a moving visit's own slots as free", () => {
    const facts = hold(quietClinic({ providerIds: ['provider-1'] }), 'provider-1', 0, 20, 'moving');
    const request = requestIn(facts);
    expect(findAlternatives(facts, request, { now: 0, limit: 5 })).toEqual([]);
    const found = findAlternatives(facts, request, { now: 0, limit: 5, ignoring: 'moving' });
    expect(found.map(({ start }) => start)).toEqual([3, 5, 2, 6, 1]);
  });

  test('offers the asked minute with another room when it is the named room that is taken', () => {
    const facts = hold(quietClinic({ needsRoom: true }), 'room-1', 4, 6);
    const found = findAlternatives(facts, requestIn(facts, { roomId: 'room-1' }), { now: 0, limit: 2 });
    expect(found).toEqual([
      { start: 4, end: 6, providerId: 'provider-1', roomId: 'room-2', equipmentId: null },
      { start: 3, end: 5, providerId: 'provider-1', roomId: 'room-2', equipmentId: null },
    ]);
  });

  test('prefers the named room at other times', () => {
    const facts = hold(quietClinic({ needsRoom: true }), 'provider-1', 4, 6);
    for (const roomId of ['room-1', 'room-2']) {
      const found = findAlternatives(facts, requestIn(facts, { roomId }), { now: 0, limit: 4 });
      expect(found.map((one) => one.roomId)).toEqual([roomId, roomId, roomId, roomId]);
    }
  });

  test('does not crowd one minute with other providers while other minutes are free', () => {
    const names = Array.from({ length: 8 }, (_, n) => `provider-${n + 1}`);
    const quiet = quietClinic({ providerIds: names });
    const openRuns = names.slice(1).map((resourceId) => ({ resourceId, siteId: 'site-here', capacity: 1, ...day }));
    const facts = { ...quiet, calendar: { ...quiet.calendar, openRuns } };
    const found = findAlternatives(facts, requestIn(facts), { now: 0, limit: 5 });
    expect(found.map(({ start }) => start)).toEqual([4, 4, 4, 3, 3]);
    const wholeDay = { ...requestIn(facts), ...day };
    expect(findAlternatives(facts, wholeDay, { now: 0, limit: 5 }).map(({ start }) => start)).toEqual([0, 0, 0, 0, 0]);
  });

  test('sends different losers of one race to different next providers', () => {
    const names = Array.from({ length: 8 }, (_, n) => `provider-${n + 1}`);
    const quiet = quietClinic({ providerIds: names });
    const openRuns = names.slice(1).map((resourceId) => ({ resourceId, siteId: 'site-here', capacity: 1, ...day }));
    const facts = { ...quiet, calendar: { ...quiet.calendar, openRuns } };
    const firsts = range(0, 32).map(
      (n) =>
        findAlternatives(facts, requestIn(facts, { appointmentId: `loser-${n}` }), { now: 0, limit: 1 })[0]?.providerId,
    );
    expect(new Set(firsts).size).toBeGreaterThan(3);
  });

  test('finds none where nothing is open, and does not walk there from the asked start', () => {
    const quiet = quietClinic();
    const facts = { ...quiet, calendar: { ...quiet.calendar, openRuns: [] } };
    // Quarter by quarter this would take minutes.
    const request = requestIn(facts, { start: 1e10 });
    expect(findAlternatives(facts, request, { now: 0, limit: 5 })).toEqual([]);
  });
});
