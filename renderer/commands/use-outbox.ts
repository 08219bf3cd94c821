import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { outboxQuery } from './outbox-query.ts';

/** A refusal that a person must deal with, and what was refused because of it. */
export interface Refusal {
  readonly entry: OutboxEntry;
  readonly followers: readonly OutboxEntry[];
}

const none: readonly OutboxEntry[] = [];

/** Oldest first, each with what followed it: that is dealt with together. */
export function refusalsOf(entries: readonly OutboxEntry[]): Refusal[] {
  const refused = entries.filter(({ state }) => state === 'refused');
  const isHere = (commandId: string | null) => refused.some(({ typed }) => typed.command.commandId === commandId);
  return refused
    .filter(({ followsCommandId }) => !isHere(followsCommandId))
    .map((entry) => ({ entry, followers: followersOf(refused, entry.typed.command.commandId) }));
}

/** Those that came after it, and those that came after these. */
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
