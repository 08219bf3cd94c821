import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { claimedIntervals } from '../../../../core/domain/bookings/claimed-slots.ts';
import { decideBook } from '../../../../core/domain/bookings/decide-book.ts';
import { bookablePairs, satisfying } from './naive-model.ts';
import { factsAndRequest, hold, quietClinic, requestIn, withBooked } from './small-clinics.ts';

const longAgo = -1000;

describe('deciding a booking', () => {
  test('books exactly when some pair of room and equipment is free with the provider and the patient', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const decision = decideBook(facts, request, longAgo);
        const isNamedWell =
          (request.roomId === null || satisfying(facts, 'room').includes(request.roomId)) &&
          (request.equipmentId === null || satisfying(facts, 'equipment').includes(request.equipmentId));
        const pairs = bookablePairs(facts, request);
        const refusal = isNamedWell ? 'conflict' : 'unsuitable';
        seen.add(decision.ok ? 'booked' : decision.error.kind);
        expect(decision.ok ? 'booked' : decision.error.kind).toBe(pairs.length > 0 ? 'booked' : refusal);
        if (!decision.ok) return;
        const chosen = { roomId: decision.value.roomId, equipmentId: decision.value.equipmentId };
        expect(pairs).toContainEqual(chosen);
        expect(decision.value).toMatchObject({ ...request, ...chosen });
      }),
      { numRuns: 600 },
    );
    expect(seen).toEqual(new Set(['booked', 'conflict', 'unsuitable']));
  });

  test('chooses the same room and equipment from the same facts in another order', () => {
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const { calendar } = facts;
        const reversed = {
          ...calendar,
          resources: calendar.resources.toReversed(),
          openRuns: calendar.openRuns.toReversed(),
          occupancies: calendar.occupancies.toReversed(),
        };
        const decision = decideBook(facts, request, longAgo);
        const again = decideBook({ ...facts, calendar: reversed }, request, longAgo);
        expect(again.ok).toBe(decision.ok);
        expect(again.ok && again.value).toEqual(decision.ok && decision.value);
      }),
    );
  });

  test('never books the same request for a second appointment where each slot has one seat', () => {
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const openRuns = facts.calendar.openRuns.map((run) => ({ ...run, capacity: 1 }));
        const single = { ...facts, calendar: { ...facts.calendar, openRuns } };
        const first = decideBook(single, request, longAgo);
        fc.pre(first.ok);
        const second = { ...request, appointmentId: 'second', patientId: 'someone else' };
        expect(decideBook(withBooked(single, first.value), second, longAgo).ok).toBe(false);
      }),
    );
  });

  test('keeps provider and room from buffer to buffer, and equipment for the visit alone', () => {
    const facts = quietClinic({
      bufferBeforeQuarters: 1,
      bufferAfterQuarters: 2,
      needsRoom: true,
      equipmentType: 'ecg',
    });
    const decision = decideBook(facts, requestIn(facts, { roomId: 'room-2' }), longAgo);
    expect(decision.ok && claimedIntervals(decision.value)).toEqual([
      { kind: 'provider', resourceId: 'provider-1', interval: { start: 3, end: 8 } },
      { kind: 'room', resourceId: 'room-2', interval: { start: 3, end: 8 } },
      { kind: 'equipment', resourceId: 'equipment-1', interval: { start: 4, end: 6 } },
    ]);
  });

  test('takes no room and no equipment that the service does not need and nobody named', () => {
    const facts = quietClinic();
    expect(decideBook(facts, requestIn(facts), longAgo)).toMatchObject({
      ok: true,
      value: { roomId: null, equipmentId: null },
    });
  });

  test('takes the room that is left when the preferred one is held', () => {
    const facts = quietClinic({ needsRoom: true });
    for (const [held, left] of [
      ['room-1', 'room-2'],
      ['room-2', 'room-1'],
    ] as const) {
      expect(decideBook(hold(facts, held, 5, 6), requestIn(facts), longAgo)).toMatchObject({
        ok: true,
        value: { roomId: left },
      });
    }
  });

  test('books a visit that is under way, and refuses one that has just ended', () => {
    const facts = quietClinic();
    expect(decideBook(facts, requestIn(facts, { start: 4, end: 6 }), 5).ok).toBe(true);
    expect(decideBook(facts, requestIn(facts, { start: 4, end: 6 }), 6)).toEqual({
      ok: false,
      error: { kind: 'in-the-past', now: 6 },
    });
  });

  test('refuses a provider who does not offer the service', () => {
    const facts = quietClinic({ providerIds: ['provider-2'] });
    expect(decideBook(facts, requestIn(facts), longAgo)).toEqual({
      ok: false,
      error: { kind: 'not-offered', serviceId: 'service', providerId: 'provider-1' },
    });
  });

  test('refuses a named room that lacks the feature, stands elsewhere, is no room, or is unknown', () => {
    const facts = quietClinic({ needsRoom: true, roomFeature: 'lead' });
    const elsewhere = {
      ...facts.calendar,
      resources: facts.calendar.resources.map((one) =>
        one.resourceId === 'room-2' ? { ...one, siteId: 'site-there', roomFeatures: ['lead'] } : one,
      ),
    };
    for (const roomId of ['room-1', 'room-2', 'equipment-1', 'nowhere']) {
      expect(decideBook({ ...facts, calendar: elsewhere }, requestIn(facts, { roomId }), longAgo)).toEqual({
        ok: false,
        error: { kind: 'unsuitable', resourceId: roomId },
      });
    }
  });

  test('refuses a named piece of equipment of another type', () => {
    const facts = quietClinic({ equipmentType: 'laser' });
    expect(decideBook(facts, requestIn(facts, { equipmentId: 'equipment-1' }), longAgo)).toMatchObject({
      ok: false,
      error: { kind: 'unsuitable', resourceId: 'equipment-1' },
    });
  });

  test('takes a second visit into a slot whose capacity was raised, and no third', () => {
    const facts = quietClinic();
    const openRuns = facts.calendar.openRuns.map((run) => ({ ...run, capacity: 2 }));
    const once = hold({ ...facts, calendar: { ...facts.calendar, openRuns } }, 'provider-1', 4, 6, 'first');
    expect(decideBook(once, requestIn(once), longAgo).ok).toBe(true);
    const twice = hold(once, 'provider-1', 4, 6, 'second');
    expect(decideBook(twice, requestIn(twice), longAgo).ok).toBe(false);
  });
});
