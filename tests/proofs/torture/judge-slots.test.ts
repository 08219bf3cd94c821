import { describe, expect, test } from 'vitest';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import {
  aCommand,
  aTruth,
  aVisit,
  at,
  booking,
  conflict,
  decided,
  done,
  journalOf,
  quarterAt,
} from './history/history-builders.ts';
import { judgeSlots } from './history/judge-slots.ts';

describe('the judgement of slots', () => {
  const slots = [0, 1].map((n) => ({ resourceId: 'doctor', quarter: quarterAt(9) + n, capacity: 1 }));
  const two = (secondFrom: number, secondVisit: Appointment, cancelledAt?: number) => {
    const cancel = aCommand('cancel', 'c3', 'v1');
    const cancelled = aVisit('v1', { version: 2, status: 'cancelled' });
    return judgeSlots(
      journalOf(
        [booking, 0, [[1, done(aVisit('v1'))]]],
        [aCommand('book', 'c2', 'v2'), secondFrom, [[secondFrom + 1, done(secondVisit)]]],
        ...(cancelledAt === undefined
          ? []
          : [
              [cancel, cancelledAt, [[cancelledAt + 1, done(cancelled)]]] as [
                TypedCommand,
                number,
                [[number, Decision]],
              ],
            ]),
      ),
      aTruth(
        [
          decided('c1', 'book', aVisit('v1')),
          decided('c2', 'book', secondVisit),
          ...(cancelledAt === undefined ? [] : [decided('c3', 'cancel', cancelled)]),
        ],
        { slots },
      ),
    );
  };

  test('finds two visits in one slot, also when they only overlap', () => {
    expect(two(2, aVisit('v2')).notLinearizable).toHaveLength(2);
    expect(two(2, aVisit('v2', { scheduledStart: '2031-03-03T09:15:00Z' })).notLinearizable).toHaveLength(1);
    expect(two(2, aVisit('v2', { scheduledStart: at(10) })).notLinearizable).toEqual([]);
  });

  test('counts a buffer as held like the visit', () => {
    const buffered = aVisit('v2', { scheduledStart: '2031-03-03T09:30:00Z', bufferBeforeMinutes: 15 });
    expect(two(2, buffered).notLinearizable).toHaveLength(1);
  });

  test('finds one patient in two visits at once', () => {
    const elsewhere = aVisit('v2', { providerId: 'another', patientId: 'patient of v1' });
    expect(two(2, elsewhere).notLinearizable).toHaveLength(2);
    expect(two(2, { ...elsewhere, patientMayOverlap: true }).notLinearizable).toEqual([]);
  });

  test('lets a slot be taken after a cancellation, and not before it', () => {
    expect(two(4, aVisit('v2'), 2).notLinearizable).toEqual([]);
    expect(two(2, aVisit('v2'), 4).notLinearizable).toHaveLength(2);
  });

  test('counts the old slots of a move as left', () => {
    const moved = aVisit('v1', { version: 2, scheduledStart: at(11) });
    const found = judgeSlots(
      journalOf(
        [booking, 0, [[1, done(aVisit('v1'))]]],
        [aCommand('move', 'c2', 'v1'), 2, [[3, done(moved)]]],
        [aCommand('book', 'c3', 'v2'), 4, [[5, done(aVisit('v2'))]]],
      ),
      aTruth([decided('c1', 'book', aVisit('v1')), decided('c2', 'move', moved), decided('c3', 'book', aVisit('v2'))]),
    );
    expect(found.notLinearizable).toEqual([]);
  });

  test('finds a refusal that names a visit which was not there', () => {
    const refusedAt = (moment: number) =>
      judgeSlots(
        journalOf(
          [booking, 2, [[3, done(aVisit('v1'))]]],
          [aCommand('book', 'c2', 'v2'), moment, [[moment + 0.5, conflict]]],
        ),
        aTruth([
          decided('c1', 'book', aVisit('v1')),
          decided('c2', 'book', null, {
            blockers: [
              {
                reason: 'taken',
                resourceId: 'doctor',
                appointmentId: 'v1',
                start: quarterAt(9),
                end: quarterAt(9) + 1,
              },
            ],
          }),
        ]),
      ).notLinearizable;
    expect(refusedAt(4)).toEqual([]);
    expect(refusedAt(1)).toHaveLength(1);
  });
});
