import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { maxClockOffsetMilliseconds } from '../../../../core/primitives/envelope.ts';
import { openStore, type Store } from '../../../../db/sqlite/open-store.ts';
import { makeKey } from '../../../../electron/desk/keys/key-keeper.ts';
import { keptClockOffset, openClockOffset } from '../../../../electron/desk/line/clock-offset.ts';
import { openKeptSetting } from '../../../../electron/desk/store/kept-setting.ts';
import { loadSetting } from '../../../../electron/desk/store/settings.ts';
import { scratchFolder } from '../../scratch.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;
const at = (milliseconds: number) => new Date(milliseconds).toISOString();

/** A desk's offset over a store on the disk, a clock that the test sets, and the failures of which the desk heard. */
async function openWorld(file?: string, key = makeKey()) {
  const storeFile = file ?? path.join(await scratchFolder(), 'desk.sqlite');
  const store: Store = openStore(storeFile, key);
  let isOpen = true;
  const close = () => {
    if (isOpen) store.client.close();
    isOpen = false;
  };
  onTestFinished(close);
  const pc = { wall: noon, steady: 50 };
  const clock = { instant: () => at(pc.wall), monotonicMs: () => pc.steady };
  const failures: unknown[] = [];
  const offset = openClockOffset({
    kept: openKeptSetting(store, 'clock-offset', keptClockOffset),
    clock,
    onFailure: (error) => void failures.push(error),
  });
  return {
    store,
    offset,
    pc,
    failures,
    file: storeFile,
    key,
    close,
    written: () => loadSetting(store, 'clock-offset'),
    /** One request, whose answer takes `ms` and brings this clock. */
    ask(serverClock: string | null, { ms = 0, wallMs = ms }: { ms?: number; wallMs?: number } = {}) {
      const hear = offset.measure();
      pc.steady += ms;
      pc.wall += wallMs;
      hear(serverClock);
    },
  };
}

test('before the first answer the desk knows no offset, and goes by its own clock', async () => {
  const { offset, pc } = await openWorld();
  expect(offset.current()).toBeNull();
  expect(Date.parse(offset.databaseInstant())).toBe(pc.wall);
});

test('the first answer tells how far the clock is off; the server read its clock half-way', async () => {
  const { offset, pc, ask } = await openWorld();
  ask(at(noon + 3 * hour + 500), { ms: 1_000 });
  expect(offset.current()).toBe(3 * hour);
  expect(Date.parse(offset.databaseInstant())).toBe(pc.wall + 3 * hour);
});

test('a desk that starts again without the server still knows the offset', async () => {
  const first = await openWorld();
  first.ask(at(noon - 2 * 24 * hour));
  first.close();
  const second = await openWorld(first.file, first.key);
  expect(second.offset.current()).toBe(-2 * 24 * hour);
});

test('an answer that was long on its way says nothing', async () => {
  const { offset, ask } = await openWorld();
  ask(at(noon + hour), { ms: 10_001 });
  expect(offset.current()).toBeNull();
  ask(at(noon + hour), { ms: 10_000 });
  expect(offset.current()).not.toBeNull();
});

test.each([
  ['the PC slept, and its steady clock with it', 8 * hour],
  ['the PC’s clock was set back', -hour],
])('an answer during which %s says nothing', async (_, wallMs) => {
  const { offset, ask } = await openWorld();
  ask(at(noon), { ms: 20, wallMs });
  expect(offset.current()).toBeNull();
});

test('a change of less than a second is not written', async () => {
  const { offset, ask, written } = await openWorld();
  ask(at(noon + hour));
  const before = written();
  ask(at(noon + hour + 999));
  ask(at(noon + hour - 999));
  expect(offset.current()).toBe(hour);
  expect(written()).toBe(before);
  ask(at(noon + hour + 1_000));
  expect(offset.current()).toBe(hour + 1_000);
  expect(written()).not.toBe(before);
});

test.each([
  ['missing', null],
  ['empty', ''],
  ['no instant', 'soon'],
  ['without a zone', '2026-11-23T12:00:00'],
  ['a number', String(noon)],
  ['further off than a clock can be', at(noon + maxClockOffsetMilliseconds + hour)],
  ['beyond the years of a calendar', '+275000-01-01T00:00:00Z'],
])('a header that is %s is ignored', async (_, header) => {
  const { offset, ask, failures } = await openWorld();
  ask(header);
  expect(offset.current()).toBeNull();
  ask(at(noon + hour));
  ask(header);
  expect(offset.current()).toBe(hour);
  expect(failures).toEqual([]);
});

test('a kept offset that the server would refuse counts as none', async () => {
  const first = await openWorld();
  first.ask(at(noon + hour));
  first.store.client
    .prepare("update settings set value = ? where key = 'clock-offset'")
    .run(JSON.stringify({ milliseconds: maxClockOffsetMilliseconds + 1 }));
  first.close();
  const second = await openWorld(first.file, first.key);
  expect(second.offset.current()).toBeNull();
});

test('a store that cannot keep the offset is told, and the answer stays an answer', async () => {
  const { store, ask, failures } = await openWorld();
  store.client.exec("create trigger full before insert on settings begin select raise(abort, 'disk full'); end");
  ask(at(noon + hour));
  expect(failures).toHaveLength(1);
});
