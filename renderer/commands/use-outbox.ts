import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { outboxQuery } from './outbox-query.ts';

/** A refusal that a person must deal with, and the commands that were refused because of it. */
export interface Refusal {
  readonly entry: OutboxEntry;
  readonly followers: readonly OutboxEntry[];
}

const none: readonly OutboxEntry[] = [];

/** The refusals, oldest first, each with its followers, because a person deals with them together. */
export function refusalsOf(entries: readonly OutboxEntry[]): Refusal[] {
  const refused = entries.filter(({ state }) => state === 'refused');
  const isHere = (commandId: string | null) => refused.some(({ typed }) => typed.command.commandId === commandId);
  return refused
    .filter(({ followsCommandId }) => !isHere(followsCommandId))
    .map((entry) => ({ entry, followers: followersOf(refused, entry.typed.command.commandId) }));
}

/** The commands that followed this one, and their own followers. */
function followersOf(refused: readonly OutboxEntry[], commandId: string): OutboxEntry[] {
  const own = refused.filter(({ followsCommandId }) => followsCommandId === commandId);
  return own.flatMap((entry) => [entry, ...followersOf(refused, entry.typed.command.commandId)]);
}

export function useOutbox(): readonly OutboxEntry[] {
  return useQuery(outboxQuery).data ?? none;
}

export function useRefusals(): readonly Refusal[] {
  const entries = useOutbox();
  return useMemo(() => refusalsOf(entries), [entries]);
}
