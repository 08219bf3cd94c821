import { expect, test } from 'vitest';

import { withVisits } from '../../../renderer/commands/merge-into-days.ts';
import { appointment, dayView, idOf } from '../builders.ts';

const merged = (version: number, from: string, command: number) => ({
  appointment: appointment(1, from, { version }),
  patient: null,
  commandId: idOf('d', command),
});

test('the newest of many decisions on one visit is shown, in whatever order they arrive', () => {
  const day = { view: dayView({ appointments: [appointment(1, '09:00')] }), provisional: [], asOf: null };
  const { view } = withVisits(day, [merged(3, '11:00', 2), merged(2, '10:00', 1)]);
  expect(view.appointments).toEqual([appointment(1, '11:00', { version: 3 })]);
});

test('a newer visit in the day stays, and its commands are no longer provisional', () => {
  const current = appointment(1, '12:00', { version: 5 });
  const marks = [1, 2].map((n) => ({ appointmentId: current.appointmentId, commandId: idOf('d', n) }));
  const day = { view: dayView({ appointments: [current] }), provisional: marks, asOf: null };
  const after = withVisits(day, [merged(4, '11:00', 1)]);
  expect(after.view).toBe(day.view);
  expect(after.provisional).toEqual([marks[1]]);
  expect(withVisits(after, [merged(4, '11:00', 1)])).toBe(after);
});
