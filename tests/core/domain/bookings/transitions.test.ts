import { describe, expect, test } from 'vitest';

import {
  allowedFrom,
  decideTransition,
  targetOf,
  transitionTypes,
} from '../../../../core/domain/bookings/transitions.ts';
import { appointmentStatuses, type AppointmentStatus } from '../../../../core/domain/terms.ts';

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
    for (const status of allowedFrom(type)) {
      expect(decideTransition(type, status)).toEqual({ kind: 'change', to: targetOf(type) });
      expect(decideTransition(type, targetOf(type))).toEqual({ kind: 'already' });
    }
    expect(allowedFrom(type)).not.toContain(targetOf(type));
  });
});
