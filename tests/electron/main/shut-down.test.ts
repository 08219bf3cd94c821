import { expect, it } from 'vitest';

import { closeInTime } from '../../../electron/main/shut-down.ts';

it('closes one after the other, also after one that fails', async () => {
  const closed: string[] = [];
  const lines: string[] = [];
  const failing = () => Promise.reject(new TypeError('the patient Wójcik'));
  const closers = ['desk', 'server'].map((name) => async () => {
    await Promise.resolve();
    closed.push(name);
  });
  await closeInTime([closers[0]!, failing, closers[1]!], (line) => lines.push(line));
  expect(closed).toEqual(['desk', 'server']);
  expect(lines).toEqual(['closing failed: TypeError']);
});

it('leaves the rest to the next start when one hangs', async () => {
  const lines: string[] = [];
  await closeInTime([() => new Promise(() => undefined)], (line) => lines.push(line), 1);
  expect(lines).toEqual(['closing took too long: the rest is left to the next start']);
});
