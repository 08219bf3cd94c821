import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decideBook } from '../../../../core/domain/bookings/decide-book.ts';
import { decideReinstate } from '../../../../core/domain/bookings/decide-reinstate.ts';
import type { AppointmentFacts, Placement } from '../../../../core/domain/bookings/facts.ts';
import { factsAndRequest, hold, quietClinic, requestIn, withBooked } from './small-clinics.ts';

const cancelled = (placement: Placement): AppointmentFacts => ({
  ...placement,
  version: 2,
  status: 'cancelled',
  holdsUntil: null,
});
const longAgo = -1000;

describe('bringing a cancelled visit back', () => {
  test('succeeds once, with exactly the placement that the visit had', () => {
    let count = 0;
    fc.assert(
      fc.property(factsAndRequest, ({ facts, request }) => {
        const booked = decideBook(facts, request, longAgo);
        if (!booked.ok) return;
        count++;
        expect(decideReinstate(facts, cancelled(booked.value))).toEqual({ ok: true, value: booked.value });
        const standing = withBooked(facts, { ...booked.value, appointmentId: 'rival' });
        const hasOneSeatEach = standing.calendar.openRuns.every(({ capacity }) => capacity === 1);
        expect(hasOneSeatEach && decideReinstate(standing, cancelled(booked.value)).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(30);
  });

  test('takes its own room back or none, though another would do', () => {
    const quiet = quietClinic({ needsRoom: true });
    const booked = decideBook(quiet, requestIn(quiet, { roomId: 'room-1' }), longAgo);
    if (!booked.ok) throw new Error('a quiet clinic has room');
    const decision = decideReinstate(hold(quiet, 'room-1', 4, 5, 'rival'), cancelled(booked.value));
    expect(decision).toMatchObject({
      ok: false,
      error: { blockers: [{ reason: 'taken', resourceId: 'room-1', appointmentId: 'rival', start: 4, end: 5 }] },
    });
  });

  test('keeps the visit’s own buffers and adds no room or equipment, whatever its service needs by now', () => {
    const before = quietClinic();
    const booked = decideBook(before, requestIn(before), longAgo);
    if (!booked.ok) throw new Error('a quiet clinic has room');
    const later = quietClinic({
      needsRoom: true,
      roomFeature: 'none has it',
      equipmentType: 'mri',
      bufferAfterQuarters: 4,
    });
    const facts = hold(later, 'provider-1', booked.value.end, booked.value.end + 1);
    expect(decideReinstate(facts, cancelled(booked.value))).toEqual({ ok: true, value: booked.value });
  });
});
