import { queryOptions } from '@tanstack/react-query';

import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { ask } from '../api/desk.ts';
import { outboxKey } from '../api/queries.ts';
import { dropWaiting, waitingIds } from './pending-commands.ts';

/**
 * Reads the outbox, and lets go of what this page shows as waiting where the desk no longer has it: decided while nobody
 * listened, or withdrawn. Only what waited before the reading began is judged by it.
 */
async function readOutbox(): Promise<readonly OutboxEntry[]> {
  const waited = waitingIds();
  const entries = await ask('readOutbox', {});
  const kept = new Set(entries.filter(({ state }) => state !== 'refused').map(({ typed }) => typed.command.commandId));
  dropWaiting(new Set([...waited].filter((commandId) => !kept.has(commandId))));
  return entries;
}

/** What the server has not decided, and what it refused and nobody has dealt with, oldest first. */
export const outboxQuery = queryOptions({
  queryKey: outboxKey,
  queryFn: readOutbox,
  staleTime: Number.POSITIVE_INFINITY,
});
