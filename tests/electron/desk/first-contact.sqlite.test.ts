import { expect, test } from 'vitest';

import { defaultTimers, type DeskTimers } from '../../../electron/desk/environment/timers.ts';
import { connectionsIn, quickTiming, scratchDesk } from '../scratch.ts';
import { comeBack, dayOf, offlineDesk } from './offline-desk.ts';

const firstContactMs = 86_400_000;

/** Node's timers; only the first contact waits until the test makes it. */
function heldContact() {
  let due: (() => void) | null = null;
  const timers: DeskTimers = {
    ...defaultTimers,
    after(milliseconds, act, options) {
      if (milliseconds !== firstContactMs) return defaultTimers.after(milliseconds, act, options);
      due = act;
      return () => {
        due = null;
      };
    },
  };
  return { timers, isDue: () => due !== null, make: () => due?.() };
}

async function restarted() {
  const before = await offlineDesk();
  await before.desk.close();
  const server = await comeBack(before.server);
  const contact = heldContact();
  const timing = { ...quickTiming, firstContactMs };
  const { dataDir } = before;
  const { desk, events } = scratchDesk({ serverUrl: server.url, dataDir, timing, timers: contact.timers });
  return { server, contact, desk, events };
}

test('a desk shows its held day before it asks the server anything', async () => {
  const { server, contact, desk, events } = await restarted();
  expect((await dayOf(desk)).view.appointments).toHaveLength(1);
  expect(contact.isDue()).toBe(true);
  expect(server.listeners()).toBe(0);
  expect(connectionsIn(events)).not.toContain('online');

  contact.make();
  await expect.poll(() => server.listeners()).toBe(1);
  await expect.poll(() => connectionsIn(events)).toContain('online');
});

test('a desk that is closed before its first contact makes none', async () => {
  const { contact, desk } = await restarted();
  await desk.close();
  expect(contact.isDue()).toBe(false);
});
