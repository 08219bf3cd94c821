import { expect, test } from 'vitest';

import { openDeskEvents } from '../../../electron/desk/desk-events.ts';

test('decisions that nobody heard are kept for the first who listens', async () => {
  const events = openDeskEvents();
  const decided = { type: 'decided', commandId: 'c', commandType: 'book', decision: { kind: 'waiting' } } as const;
  events.emit(decided);
  events.emit({ type: 'connection', state: 'online' });
  events.emit({ type: 'everything-changed' });
  const heard = await new Promise((resolve) => {
    const all: unknown[] = [];
    events.listen((event) => all.push(event) === 2 && resolve(all));
  });
  expect(heard).toEqual([{ type: 'connection', state: 'online' }, decided]);
});
