import { expect, test } from 'vitest';

import { nextListed } from '../../../renderer/arrivals/next-listed.ts';
import type { Visit } from '../../../renderer/calendar/columns.ts';

const visit = (appointmentId: string) => ({ appointment: { appointmentId } }) as Visit;
const visits = (count: number, prefix = '') => Array.from({ length: count }, (_, n) => visit(`${prefix}${n}`));

test('a few new visits are listed at once, and what left is gone', () => {
  const newest = [...visits(9), visit('new')];
  expect(nextListed(visits(10), newest)).toBe(newest);
});

test('hundreds of new visits come in handfuls, each in its place, until the newest list is there', () => {
  const before = visits(200);
  const newest = [...visits(100, 'early '), ...before, ...visits(50, 'late ')];
  let listed: readonly Visit[] = before;
  const lengths: number[] = [];
  while (listed !== newest) {
    listed = nextListed(listed, newest);
    expect(newest.filter((one) => listed.includes(one))).toEqual(listed);
    lengths.push(listed.length);
  }
  expect(lengths).toEqual([230, 260, 290, 320, 350]);
});

test('a change of those that are listed does not wait for the new ones', () => {
  const changed = visit('0');
  const listed = nextListed(visits(10), [changed, ...visits(10).slice(1), ...visits(100, 'new ')]);
  expect(listed[0]).toBe(changed);
});

test('the list of another day is there at once', () => {
  const newest = visits(300, 'tomorrow ');
  expect(nextListed(visits(300), newest)).toBe(newest);
  expect(nextListed([], newest)).toBe(newest);
});
