import { describe, expect, test } from 'vitest';

import {
  arrivedAtAfter,
  decideTransition,
  transitionOf,
  transitionTypes,
  type TransitionType,
} from '../../../../core/domain/bookings/transitions.ts';
import { appointmentStatuses, type AppointmentStatus } from '../../../../core/domain/statuses.ts';

/** Written out by hand: from each status, what each transition does. `-` is not allowed, `=` is already so. */
const expected: Record<AppointmentStatus, readonly [cancel: string, checkIn: string, unArrive: string]> = {
  proposed: ['cancelled', '-', '-'],
  pending: ['cancelled', '-', '-'],
  booked: ['cancelled', 'checked-in', '='],
  arrived: ['cancelled', 'checked-in', 'booked'],
  'checked-in': ['cancelled', '=', 'booked'],
  fulfilled: ['-', '-', '-'],
  cancelled: ['=', '-', '-'],
  noshow: ['-', '-', '-'],
  'entered-in-error': ['-', '-', '-'],
};

describe('changes of status', () => {
  test.each(appointmentStatuses)('from %s go where the table says', (status) => {
    const columns = (['cancel', 'check-in', 'un-arrive'] as const).map((type) => {
      const decision = decideTransition(type, status);
      if (decision.kind === 'change') return decision.to;
      return decision.kind === 'already' ? '=' : '-';
    });
    expect(columns).toEqual(expected[status]);
  });

  test.each(transitionTypes)('%s, sent twice, succeeds and changes nothing the second time', (type) => {
    const { from, to } = transitionOf(type);
    for (const status of from) {
      expect(decideTransition(type, status)).toEqual({ kind: 'change', to: to });
      expect(decideTransition(type, to)).toEqual({ kind: 'already' });
    }
    expect(from).not.toContain(to);
  });

  test('set the time of arrival once, keep it, or clear it', () => {
    const after = (type: TransitionType, before: string | null) => arrivedAtAfter(transitionOf(type), before, '09:10');
    expect(after('check-in', null)).toBe('09:10');
    expect(after('check-in', '09:00')).toBe('09:00');
    expect(after('cancel', '09:00')).toBe('09:00');
    expect(after('un-arrive', '09:00')).toBeNull();
  });
});
