import { expect, test } from 'vitest';

import type { DeskEvent } from '../../../../core/contract/desk/calls.ts';
import { openDeskEvents } from '../../../../electron/desk/events/page-events.ts';

test('decisions that no listener heard are kept for the first listener', async () => {
  const events = openDeskEvents();
  const status: DeskEvent = {
    type: 'status',
    status: {
      connection: 'online',
      offlineSince: null,
      waiting: 0,
      refused: 0,
      caughtUpAt: null,
      reading: null,
      mismatch: null,
      rebuilt: null,
    },
  };
  const decided = { type: 'decided', commandId: 'c', commandType: 'book', decision: { kind: 'waiting' } } as const;
  events.emit(decided);
  events.emit(status);
  events.emit({ type: 'everything-changed' });
  const heard = await new Promise((resolve) => {
    const all: unknown[] = [];
    events.listen((event) => all.push(event) === 2 && resolve(all));
  });
  expect(heard).toEqual([status, decided]);
});
