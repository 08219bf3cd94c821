import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decideBook } from '../../../../core/domain/bookings/decide-book.ts';
import { decideMove } from '../../../../core/domain/bookings/decide-move.ts';
import type { AppointmentFacts, BookingFacts, Placement } from '../../../../core/domain/bookings/facts.ts';
import { bookablePairs } from './naive-model.ts';
import { factsAndRequest, hold, quietClinic, requestIn, withBooked } from './small-clinics.ts';

const longAgo = -1000;
const standing = (placement: Placement): AppointmentFacts => ({
  ...placement,
  version: 1,
  status: 'booked',
  holdsUntil: null,
});

/** A clinic in which the asked visit was just booked, and that visit. */
const booked = factsAndRequest
  .map(({ facts, request }) => {
    const decision = decideBook(facts, request, longAgo);
    return decision.ok
      ? { facts: withBooked(facts, decision.value), current: standing(decision.value) }
      : { facts, current: null };
  })
  .filter((made): made is { facts: BookingFacts; current: AppointmentFacts } => made.current !== null);

function bookedIn(facts: BookingFacts, over: Parameters<typeof requestIn>[1] = {}) {
  const decision = decideBook(facts, requestIn(facts, over), longAgo);
  if (!decision.ok) throw new Error(`not booked: ${decision.error.kind}`);
  return { facts: withBooked(facts, decision.value), current: standing(decision.value) };
}

describe('deciding a move', () => {
  test('lets every visit stay where it is, with its room and its equipment', () => {
    fc.assert(
      fc.property(booked, ({ facts, current }) => {
        const { version: _version, status: _status, holdsUntil: _holdsUntil, ...placement } = current;
        expect(decideMove(facts, current, {}, longAgo)).toEqual({ ok: true, value: placement });
      }),
    );
  });

  test('succeeds exactly when a booking would, were the visit not there', () => {
    const change = fc.record({
      start: fc.option(fc.integer({ min: -1, max: 20 }), { nil: undefined }),
      durationQuarters: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      providerId: fc.constantFrom(undefined, undefined, 'provider-2', 'provider-3'),
    });
    const seen = { moved: 0, refused: 0 };
    fc.assert(
      fc.property(booked, change, ({ facts, current }, wanted) => {
        const start = wanted.start ?? current.start;
        const asked = {
          ...requestIn(facts),
          appointmentId: current.appointmentId,
          providerId: wanted.providerId ?? current.providerId,
          // Where the service needs none, the visit's own was a wish that stays.
          roomId: facts.service.needsRoom ? null : current.roomId,
          equipmentId: facts.service.equipmentType === null ? current.equipmentId : null,
          start,
          end: start + (wanted.durationQuarters ?? current.end - current.start),
        };
        const pairs = bookablePairs(facts, asked, current.appointmentId);
        const decision = decideMove(facts, current, wanted, longAgo);
        seen[decision.ok ? 'moved' : 'refused']++;
        expect(decision.ok).toBe(pairs.length > 0);
        if (!decision.ok) return;
        const { roomId, equipmentId } = decision.value;
        expect(pairs).toContainEqual({ roomId, equipmentId });
        const keepsRoom = pairs.some((pair) => pair.roomId === current.roomId);
        const keepsEquipment = pairs.some((pair) => pair.equipmentId === current.equipmentId);
        expect({ roomId, equipmentId }).toEqual({
          roomId: keepsRoom ? current.roomId : roomId,
          equipmentId: keepsEquipment ? current.equipmentId : equipmentId,
        });
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.moved, seen.refused)).toBeGreaterThan(20);
  });

  test("moves by 15 minutes onto the visit's own slots", () => {
    const { facts, current } = bookedIn(quietClinic({ needsRoom: true, equipmentType: 'ecg', bufferAfterQuarters: 1 }));
    expect(decideMove(facts, current, { start: current.start + 1 }, longAgo)).toMatchObject({
      ok: true,
      value: { start: 5, end: 7, roomId: current.roomId, equipmentId: 'equipment-1' },
    });
  });

  test('exchanges a room that is not free at the new time, unless it was named', () => {
    const { facts, current } = bookedIn(quietClinic({ needsRoom: true }), { roomId: 'room-1' });
    const taken = hold(facts, 'room-1', 10, 12);
    expect(decideMove(taken, current, { start: 10 }, longAgo)).toMatchObject({ ok: true, value: { roomId: 'room-2' } });
    expect(decideMove(taken, current, { start: 10, roomId: 'room-1' }, longAgo)).toMatchObject({
      ok: false,
      error: { kind: 'conflict', blockers: [{ reason: 'taken', resourceId: 'room-1', start: 10, end: 12 }] },
    });
  });

  test('exchanges a room that no longer satisfies the service', () => {
    const { facts, current } = bookedIn(quietClinic({ needsRoom: true, roomFeature: 'sink' }), { roomId: 'room-1' });
    const resources = facts.calendar.resources.map((one) =>
      one.resourceId === 'room-1' ? { ...one, roomFeatures: [] } : one,
    );
    const without = { ...facts, calendar: { ...facts.calendar, resources } };
    expect(decideMove(without, current, { start: 5 }, longAgo)).toMatchObject({
      ok: true,
      value: { roomId: 'room-2' },
    });
  });

  test('does not drop or exchange a room that the service does not need but somebody wished for', () => {
    const { facts, current } = bookedIn(quietClinic(), { roomId: 'room-1' });
    expect(decideMove(facts, current, { start: 5 }, longAgo)).toMatchObject({ ok: true, value: { roomId: 'room-1' } });
    expect(decideMove(hold(facts, 'room-1', 10, 11), current, { start: 10 }, longAgo).ok).toBe(false);
  });

  test("keeps the visit's own buffers when the service has others by now", () => {
    const { facts, current } = bookedIn(quietClinic({ bufferAfterQuarters: 1 }));
    const changed = { ...facts, service: { ...facts.service, bufferAfterQuarters: 0, patientMayOverlap: true } };
    expect(decideMove(changed, current, { start: 10 }, longAgo)).toMatchObject({
      ok: true,
      value: { bufferAfterQuarters: 1, patientMayOverlap: false },
    });
    expect(decideMove(hold(changed, 'provider-1', 12, 13), current, { start: 10 }, longAgo).ok).toBe(false);
  });

  test('lets a visit stay with a provider who no longer offers the service, and moves none to such a provider', () => {
    const { facts, current } = bookedIn(quietClinic());
    const unoffered = { ...facts, service: { ...facts.service, providerIds: [] } };
    expect(decideMove(unoffered, current, { start: 8 }, longAgo).ok).toBe(true);
    expect(decideMove(unoffered, current, { providerId: 'provider-2' }, longAgo)).toMatchObject({
      ok: false,
      error: { kind: 'not-offered', providerId: 'provider-2' },
    });
  });

  test('refuses to move a visit into the past', () => {
    const { facts, current } = bookedIn(quietClinic(), { start: 10, end: 12 });
    expect(decideMove(facts, current, { start: 2 }, 4)).toEqual({ ok: false, error: { kind: 'in-the-past', now: 4 } });
    expect(decideMove(facts, current, { start: 3 }, 4).ok).toBe(true);
  });
});
