import { expect, test } from 'vitest';

import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import { reuseUnchanged } from '../../../renderer/api/reuse-unchanged.ts';
import { columnsOf, makeColumnKeeper } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';
import { appointment, date, dayView, idOf, timeZone } from '../builders.ts';

const scale = dayScaleOf(date, timeZone);
const second = { providerId: idOf('p', 2) };
const visits = [appointment(1, '09:00'), appointment(2, '10:00', second), appointment(3, '11:00')];
const day = (appointments = visits): DeskDay => ({ view: dayView({ appointments }), provisional: [], asOf: null });
/** The day as it comes from the desk: every object in it is new. */
const fromDesk = (next: DeskDay) => structuredClone(next);

test('an inserted visit leaves every later visit the same object, and every other column unchanged', () => {
  const before = day();
  const after = reuseUnchanged(before, fromDesk(day([appointment(4, '08:00'), ...visits])));
  expect(after.view.appointments.slice(1)).toHaveLength(3);
  for (const [n, visit] of before.view.appointments.entries()) expect(after.view.appointments[n + 1]).toBe(visit);

  const keep = makeColumnKeeper();
  const draw = ({ view }: DeskDay) => keep(columnsOf(view, new Set(), scale, 'provider'));
  const [first, other] = draw(before);
  const [firstAfter, otherAfter] = draw(after);
  expect(firstAfter?.visits).toHaveLength(3);
  expect(firstAfter).not.toBe(first);
  expect(otherAfter).toBe(other);
});

test('changes are taken over: a visit, a removed visit, a provisional one, and since when the day is not current', () => {
  const next: DeskDay = {
    view: dayView({
      appointments: [{ ...appointment(1, '09:00'), status: 'arrived', version: 2 }, appointment(3, '11:00')],
    }),
    provisional: [{ appointmentId: appointment(3, '11:00').appointmentId, commandId: idOf('c', 1) }],
    asOf: '2026-11-23T10:00:00Z',
  };
  expect(reuseUnchanged(day(), fromDesk(next))).toEqual(next);
  expect(reuseUnchanged(undefined, next)).toBe(next);
});

test('a day that was read again without a change is the same object', () => {
  const before = day();
  expect(reuseUnchanged(before, fromDesk(before))).toBe(before);
});
