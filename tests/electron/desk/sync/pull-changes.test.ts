import { expect, test } from 'vitest';

import type { Changes, News } from '../../../../core/calendar/calendar.ts';
import type { Reply } from '../../../../electron/desk/line/reply.ts';
import { openChangePuller } from '../../../../electron/desk/sync/pull-changes.ts';
import { cursorAt } from '../../builders.ts';

const none: Changes = { cursor: cursorAt(1), reset: false, withheld: false, changes: [] };
const newsUpTo = (xid: number): News => ({ from: cursorAt(xid - 1), changes: { ...none, cursor: cursorAt(xid) } });

/** A puller whose server answers when the test says so, and which applies everything. */
function puller() {
  const taken: string[] = [];
  const failures: unknown[] = [];
  const asked: ((reply: Reply<Changes>) => void)[] = [];
  const cursor = { load: () => cursorAt(0) };
  const opened = openChangePuller({
    loadCursor: () => cursor.load(),
    pull: () => new Promise((resolve) => asked.push(resolve)),
    take({ changes }, { wasAsked }) {
      taken.push(wasAsked ? 'answer' : changes.cursor);
      return Promise.resolve(true);
    },
    onRefused: () => {},
    onFailure: (error) => failures.push(error),
    withheldBackOff: { firstMs: 1, maxMs: 1 },
    random: () => 0,
  });
  return { ...opened, taken, failures, asked, cursor };
}

test('a store that cannot be read ends one round, and the next round asks again', async () => {
  const { pull, failures, asked, cursor } = puller();
  cursor.load = () => {
    throw new Error('the disk is gone');
  };
  await pull();
  expect(failures).toHaveLength(1);
  cursor.load = () => cursorAt(0);
  const pulled = pull();
  await expect.poll(() => asked).toHaveLength(1);
  asked[0]?.({ kind: 'answer', value: none });
  expect(await pulled).toBe(true);
});

test('news that come during a pull are applied after its answer, in order, without another pull', async () => {
  const { pull, takeNews, taken, asked } = puller();
  const pulled = pull();
  await expect.poll(() => asked).toHaveLength(1);
  for (const xid of [1, 2, 3]) takeNews(newsUpTo(xid));
  asked[0]?.({ kind: 'answer', value: none });
  await pulled;
  expect(taken).toEqual(['answer', cursorAt(1), cursorAt(2), cursorAt(3)]);
  expect(asked).toHaveLength(1);
});

test('news that are too many to keep during a pull are pulled', async () => {
  const { pull, takeNews, taken, asked } = puller();
  const pulled = pull();
  await expect.poll(() => asked).toHaveLength(1);
  for (let xid = 1; xid <= 101; xid++) takeNews(newsUpTo(xid));
  asked[0]?.({ kind: 'answer', value: none });
  await expect.poll(() => asked).toHaveLength(2);
  asked[1]?.({ kind: 'answer', value: none });
  await pulled;
  expect(taken).toHaveLength(102);
  expect(taken.at(-1)).toBe('answer');
});

test('nothing is applied after the puller was closed', async () => {
  const { takeNews, close, taken } = puller();
  await close();
  takeNews(newsUpTo(1));
  await Promise.resolve();
  expect(taken).toEqual([]);
});
