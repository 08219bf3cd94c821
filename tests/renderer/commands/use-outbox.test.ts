import { expect, test } from 'vitest';

import type { OutboxEntry, OutboxState } from '../../../core/contract/desk/outbox-entry.ts';
import { refusalsOf } from '../../../renderer/commands/use-outbox.ts';
import { appointment, idOf, patient, pendingBook } from '../builders.ts';

function entry(n: number, state: OutboxState, followsCommandId: string | null = null): OutboxEntry {
  const { typed, expected, patient: who } = pendingBook(appointment(n, '09:00'), patient(n));
  return {
    typed: { ...typed, command: { ...typed.command, commandId: idOf('k', n) } } as OutboxEntry['typed'],
    state,
    expected,
    patient: who,
    problem: null,
    followsCommandId,
  };
}

test('a refusal brings what followed it, and what followed that', () => {
  const [root, child, grandchild] = [
    entry(1, 'refused'),
    entry(2, 'refused', idOf('k', 1)),
    entry(3, 'refused', idOf('k', 2)),
  ];
  const [only, ...others] = refusalsOf([root, child, grandchild]);
  expect(only).toEqual({ entry: root, followers: [child, grandchild] });
  expect(others).toEqual([]);
});

test('the oldest comes first, and what only waits is not refused', () => {
  const refusals = refusalsOf([entry(1, 'saved'), entry(2, 'refused'), entry(3, 'sent'), entry(4, 'refused')]);
  expect(refusals.map((refusal) => refusal.entry.typed.command.commandId)).toEqual([idOf('k', 2), idOf('k', 4)]);
});

test('what followed a refusal that somebody has dealt with stands for itself', () => {
  expect(refusalsOf([entry(2, 'refused', idOf('k', 1))])).toHaveLength(1);
});
