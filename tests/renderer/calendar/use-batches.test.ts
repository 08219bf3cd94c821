import { expect, test } from 'vitest';

import { nextColumns } from '../../../renderer/calendar/use-batches.ts';
import type { Column } from '../../../renderer/visits/columns.ts';

const column = (resourceId: string) => ({ resource: { resourceId } }) as Column;
const columns = (...ids: readonly string[]) => ids.map(column);

test('a change of one or two columns is drawn at once', () => {
  const drawn = columns('a', 'b', 'c');
  const newest = [column('a'), ...drawn.slice(1, 2), column('c')];
  expect(nextColumns(drawn, newest, drawn)).toBe(newest);
});

test('a change of many columns is drawn a column at a time, until all are the newest', () => {
  const newest = columns('a', 'b', 'c', 'd', 'e');
  let drawn: readonly Column[] = columns('a', 'b', 'c', 'd', 'e');
  const left: number[] = [];
  while (drawn !== newest) {
    drawn = nextColumns(drawn, newest, newest);
    left.push(newest.filter((one, n) => one !== drawn[n]).length);
  }
  expect(left).toEqual([4, 3, 2, 0]);
});

test('a gesture among many changes is drawn before them', () => {
  const drawn = columns('a', 'b', 'c', 'd', 'e');
  const changed = columns('a', 'b', 'c', 'd', 'e');
  const [from, to] = [column('c'), column('e')];
  const moved = [...changed.slice(0, 2), from, ...changed.slice(3, 4), to];
  const next = nextColumns(drawn, moved, changed);
  expect(next.map((one, n) => one === moved[n])).toEqual([false, false, true, false, true]);
  expect(next.map((one, n) => one === drawn[n])).toEqual([true, true, false, true, false]);
});

test('another set of columns is drawn at once', () => {
  const newest = columns('a', 'c', 'b');
  expect(nextColumns(columns('a', 'b', 'c'), newest, newest)).toBe(newest);
  expect(nextColumns(columns('a', 'b'), newest, newest)).toBe(newest);
});
