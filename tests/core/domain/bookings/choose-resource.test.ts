import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseResource } from '../../../../core/domain/bookings/choose-resource.ts';

const candidates = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 });

describe('choosing a room or a piece of equipment', () => {
  test('has the same result in whatever order the candidates come', () => {
    fc.assert(
      fc.property(candidates, fc.uuid(), (ids, appointmentId) => {
        expect(chooseResource(ids.toReversed(), appointmentId)).toBe(chooseResource(ids, appointmentId));
        expect(ids).toContain(chooseResource(ids, appointmentId));
      }),
    );
  });

  test('does not change when a candidate that was not chosen goes', () => {
    fc.assert(
      fc.property(candidates, fc.uuid(), (ids, appointmentId) => {
        const chosen = chooseResource(ids, appointmentId);
        for (const gone of ids.filter((id) => id !== chosen)) {
          expect(
            chooseResource(
              ids.filter((id) => id !== gone),
              appointmentId,
            ),
          ).toBe(chosen);
        }
      }),
    );
  });

  test('gives each of eight rooms between half and twice its share of a thousand bookings made in a row', () => {
    // UUIDv7s of one millisecond, and rooms that were made together, differ only in their last characters.
    const rooms = Array.from({ length: 8 }, (_, n) => `019aab00-0000-7000-8000-00000000000${n}`);
    const counts = new Map<string, number>();
    for (let n = 0; n < 1000; n++) {
      const appointmentId = `019aab01-2222-7000-8000-${n.toString(16).padStart(12, '0')}`;
      const chosen = chooseResource(rooms, appointmentId) as string;
      counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    expect(Math.min(...counts.values())).toBeGreaterThan(62);
    expect(Math.max(...counts.values())).toBeLessThan(250);
  });

  test('gives null where there is no candidate', () => {
    expect(chooseResource([], 'appointment')).toBeNull();
  });
});
