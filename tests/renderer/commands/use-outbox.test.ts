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

test('a refusal lists the commands that followed it, and those that followed them', () => {
  const [root, child, grandchild] = [
    entry(1, 'refused'),
    entry(2, 'refused', idOf('k', 1)),
    entry(3, 'refused', idOf('k', 2)),
  ];
  const [only, ...others] = refusalsOf([root, child, grandchild]);
  expect(only).toEqual({ entry: root, followers: [child, grandchild] });
  expect(others).toEqual([]);
});

test('the oldest refusal comes first, and a waiting command is no refusal', () => {
  const refusals = refusalsOf([entry(1, 'saved'), entry(2, 'refused'), entry(3, 'sent'), entry(4, 'refused')]);
  expect(refusals.map((refusal) => refusal.entry.typed.command.commandId)).toEqual([idOf('k', 2), idOf('k', 4)]);
});

test('a command whose refused predecessor was dealt with is listed by itself', () => {
  expect(refusalsOf([entry(2, 'refused', idOf('k', 1))])).toHaveLength(1);
});
