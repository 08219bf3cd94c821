import { expect, test } from 'vitest';

import { makeFairQueue } from '../../../server/limits/fair-queue.ts';

/** Work that is under way until the test ends it, in the order in which it began. */
function makeWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    of: (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    },
    async end(name: string) {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

test('a crowd under one key delays no other key, and no more run at once than allowed', async () => {
  const queue = makeFairQueue(2);
  const work = makeWork();
  const done = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1'].map((name) => queue.run(name.slice(0, 1), work.of(name)));
  await new Promise(setImmediate);
  expect(work.begun).toEqual(['a1', 'a2']);
  for (const [ended, next] of [
    ['a1', 'a3'],
    ['a2', 'b1'],
    ['b1', 'c1'],
    ['a3', 'a4'],
  ] as const) {
    await work.end(ended);
    expect(work.begun.at(-1)).toBe(next);
  }
  await work.end('c1');
  await work.end('a4');
  expect(await Promise.all(done)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1']);
});

test('work that fails gives its place to the next', async () => {
  const queue = makeFairQueue(1);
  const failing = queue.run('a', () => Promise.reject(new Error('no database')));
  const next = queue.run('a', () => Promise.resolve('next'));
  await expect(failing).rejects.toThrow('no database');
  expect(await next).toBe('next');
});
