import { expect, test } from 'vitest';

import { openSignals } from '../../../../electron/desk/events/signals.ts';

test('a signal reaches its listeners with its values, in the order in which they began to listen, before emit returns', () => {
  const signals = openSignals();
  const heard: string[] = [];
  signals.on('rejected', (token) => heard.push(`first ${token}`));
  signals.on('rejected', (token) => heard.push(`second ${token}`));
  signals.on('woke', () => heard.push('woke'));
  signals.emit('rejected', 'token-1');
  expect(heard).toEqual(['first token-1', 'second token-1']);
});

test('a signal without a listener is no fault', () => {
  expect(() => openSignals().emit('tick')).not.toThrow();
});

test('a listener that throws does not silence the listeners after it, and the emitter gets the first error', () => {
  const signals = openSignals();
  const heard: string[] = [];
  signals.on('online', () => {
    throw new Error('first');
  });
  signals.on('online', () => heard.push('between'));
  signals.on('online', () => {
    throw new Error('second');
  });
  signals.on('online', () => heard.push('last'));
  expect(() => signals.emit('online')).toThrow('first');
  expect(heard).toEqual(['between', 'last']);
});

test('a listener may emit: the inner signal ends before the remaining listeners hear the outer one', () => {
  const signals = openSignals();
  const heard: string[] = [];
  signals.on('offline', () => signals.emit('days-stale'));
  signals.on('offline', () => heard.push('offline'));
  signals.on('days-stale', () => heard.push('days-stale'));
  signals.emit('offline');
  expect(heard).toEqual(['days-stale', 'offline']);
});
