import { expect, test } from 'vitest';

import type { Column } from '../../../renderer/calendar/columns.ts';
import { nextColumns } from '../../../renderer/calendar/use-handfuls.ts';

const column = (resourceId: string) => ({ resource: { resourceId } }) as Column;
const columns = (...ids: readonly string[]) => ids.map(column);

test('a change of one or two columns is there at once', () => {
  const drawn = columns('a', 'b', 'c');
  const newest = [column('a'), ...drawn.slice(1, 2), column('c')];
  expect(nextColumns(drawn, newest)).toBe(newest);
});

test('a change of many comes a column at a time, until the newest ones are drawn', () => {
  const newest = columns('a', 'b', 'c', 'd', 'e');
  let drawn: readonly Column[] = columns('a', 'b', 'c', 'd', 'e');
  const left: number[] = [];
  while (drawn !== newest) {
    drawn = nextColumns(drawn, newest);
    left.push(newest.filter((one, n) => one !== drawn[n]).length);
  }
  expect(left).toEqual([4, 3, 2, 0]);
});

test('other columns than before are there at once', () => {
  const newest = columns('a', 'c', 'b');
  expect(nextColumns(columns('a', 'b', 'c'), newest)).toBe(newest);
  expect(nextColumns(columns('a', 'b'), newest)).toBe(newest);
});
