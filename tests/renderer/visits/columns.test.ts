import { expect, test } from 'vitest';

import { columnsOf, isOff, makeColumnKeeper } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';
import { appointment, at, date, dayView, idOf, provider, run, timeZone } from '../builders.ts';

const scale = dayScaleOf(date, timeZone);
const draw = (view: ReturnType<typeof dayView>) => columnsOf(view, new Set(), scale, 'provider');

test('time outside every open run is closed, from the day’s first minute to its last', () => {
  const [column] = draw(dayView({ openRuns: [run(1, '08:00', '12:00'), run(1, '13:00', '17:00')] }));
  expect(column?.closed).toEqual([
    { start: scale.start, end: at('08:00') },
    { start: at('12:00'), end: at('13:00') },
    { start: at('17:00'), end: scale.end },
  ]);
});

test('providers who neither work nor have a visit come last', () => {
  const columns = draw(
    dayView({ resources: [provider(1), provider(2), provider(3)], openRuns: [run(2, '08:00', '09:00')] }),
  );
  expect(columns.map(({ resource }) => resource.name)).toEqual(['Dr 2', 'Dr 1', 'Dr 3']);
  expect(columns.map(isOff)).toEqual([false, true, true]);
});

test('a change of one visit leaves every other column and visit the same object', () => {
  const keep = makeColumnKeeper();
  const second = { providerId: idOf('p', 2) };
  const day = dayView({
    appointments: [appointment(1, '09:00'), appointment(2, '10:00'), appointment(3, '09:00', second)],
  });
  const before = keep(draw(day));
  expect(keep(draw(structuredClone(day)))).not.toBe(before);

  const kept = keep(draw(day));
  expect(keep(draw({ ...day, cursor: 'later' }))).toBe(kept);

  const [first, ...others] = day.appointments;
  if (!first) throw new Error('there is one');
  const after = keep(draw({ ...day, appointments: [{ ...first, status: 'checked-in' }, ...others] }));
  expect(after[0]).not.toBe(kept[0]);
  expect(after[0]?.visits[0]?.appointment.status).toBe('checked-in');
  expect(after[0]?.visits[1]).toBe(kept[0]?.visits[1]);
  expect(after[1]).toBe(kept[1]);
});
