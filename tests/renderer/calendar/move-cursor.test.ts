import { expect, test } from 'vitest';

import {
  coveredBy,
  cursorAt,
  extendCursor,
  freeSeatAt,
  moveCursor,
  reconcileCursor,
  type Cursor,
  type CursorKey,
} from '../../../renderer/calendar/move-cursor.ts';
import { columnsOf } from '../../../renderer/visits/columns.ts';
import { dayScaleOf } from '../../../renderer/words/day-scale.ts';
import { appointment, at, date, dayView, idOf, run, timeZone } from '../builders.ts';

const scale = dayScaleOf(date, timeZone);
const view = dayView({
  openRuns: [run(1, '08:00', '12:00', 2), run(2, '09:00', '16:00')],
  appointments: [
    appointment(1, '09:00', { durationMinutes: 60 }),
    appointment(2, '09:00'),
    appointment(3, '09:15', { providerId: idOf('p', 2) }),
  ],
});
const columns = columnsOf(view, new Set(), scale, 'provider');

function from(time: string, column = 1): Cursor {
  const found = columns.find(({ resource }) => resource.resourceId === idOf('p', column));
  if (!found) throw new Error('no such column');
  return cursorAt(found, at(time));
}

function go(cursor: Cursor, ...keys: CursorKey[]): Cursor {
  return keys.reduce((here, key) => moveCursor(columns, scale, here, key), cursor);
}

test('down from a free slot leads to the next slot, or to the visit that begins there', () => {
  expect(go(from('08:30'), 'ArrowDown')).toMatchObject({ quarter: at('08:45'), appointmentId: null });
  expect(go(from('08:45'), 'ArrowDown')).toMatchObject({ quarter: at('09:00'), appointmentId: idOf('a', 1) });
});

test('a visit is one step, however long it is', () => {
  expect(go(from('09:00'), 'ArrowDown')).toMatchObject({ quarter: at('10:00'), appointmentId: null });
  expect(go(from('10:00'), 'ArrowUp', 'ArrowUp')).toMatchObject({ quarter: at('08:45'), appointmentId: null });
});

test('right goes through visits side by side before the next column', () => {
  expect(go(from('09:15'), 'ArrowRight')).toMatchObject({ appointmentId: idOf('a', 2) });
  expect(go(from('09:15'), 'ArrowRight', 'ArrowRight')).toMatchObject({ appointmentId: idOf('a', 3) });
  expect(go(from('09:15', 2), 'ArrowLeft')).toMatchObject({ appointmentId: idOf('a', 2) });
});

test('home and end lead to the first and the last open slot of the column', () => {
  expect(go(from('10:00', 2), 'Home')).toMatchObject({ quarter: at('09:00'), resourceId: idOf('p', 2) });
  expect(go(from('10:00', 2), 'End')).toMatchObject({ quarter: at('15:45') });
});

test('no key leads out of the grid', () => {
  expect(go(from('00:00'), 'ArrowUp', 'ArrowLeft', 'PageUp')).toEqual(from('00:00'));
  expect(go(from('23:45', 2), 'ArrowDown', 'ArrowRight', 'PageDown')).toEqual(from('23:45', 2));
});

test('a free seat beside visits is a step of its own, from both sides', () => {
  const seat = go(from('09:45'), 'ArrowRight');
  expect(seat).toMatchObject({ resourceId: idOf('p', 1), quarter: at('09:45'), appointmentId: null });
  expect(go(seat, 'ArrowLeft')).toMatchObject({ appointmentId: idOf('a', 1) });
  expect(go(seat, 'ArrowRight')).toMatchObject({ resourceId: idOf('p', 2) });
  const [column] = columns;
  if (!column) throw new Error('there is one');
  expect(freeSeatAt(column, at('09:45'))).toEqual({ lane: 1, lanes: 2 });
  expect(freeSeatAt(column, at('09:15'))).toBeNull();
});

test('Shift selects free slots up to the next visit, and deselects them', () => {
  const column = columns.find(({ resource }) => resource.resourceId === idOf('p', 2));
  if (!column) throw new Error('there is one');
  const begun = cursorAt(column, at('10:00'));
  const down = extendCursor(column, scale, extendCursor(column, scale, begun, 'ArrowDown'), 'ArrowDown');
  expect(coveredBy(down)).toEqual({ start: at('10:00'), end: at('10:45') });
  expect(coveredBy(extendCursor(column, scale, down, 'ArrowUp'))).toEqual({ start: at('10:00'), end: at('10:30') });
  const up = extendCursor(column, scale, begun, 'PageUp');
  expect(coveredBy(up)).toEqual({ start: at('09:45'), end: at('10:15') });
  expect(moveCursor(columns, scale, up, 'ArrowDown').anchor).toBeUndefined();
});

test('Shift selects nothing from a visit', () => {
  const [column] = columns;
  if (!column) throw new Error('there is one');
  expect(extendCursor(column, scale, from('09:00'), 'ArrowDown')).toEqual(from('09:00'));
});

test('the cursor keeps its place as far as that place still exists', () => {
  const gone = { ...from('09:15', 2), appointmentId: idOf('a', 9) };
  expect(reconcileCursor(gone, columns, scale, 0)).toEqual(from('09:15', 2));
  const hidden = { ...from('10:00', 2), resourceId: idOf('p', 7) };
  expect(reconcileCursor(hidden, columns, scale, 0)).toEqual(from('10:00'));
  expect(reconcileCursor(null, columns, scale, 0)).toEqual(from('08:00'));
  expect(reconcileCursor(null, columns, scale, at('11:00'))).toEqual(from('11:00'));
});

test('the cursor of a day starts at now during opening hours, else at the opening', () => {
  expect(reconcileCursor(null, columns, scale, at('10:30'))).toMatchObject({ quarter: at('10:30') });
  expect(reconcileCursor(null, columns, scale, at('15:00'))).toEqual(from('15:00'));
  expect(reconcileCursor(null, columns, scale, at('03:00'))).toMatchObject({ quarter: at('08:00') });
  expect(reconcileCursor(null, columns, scale, at('18:00'))).toMatchObject({ quarter: at('08:00') });
});
