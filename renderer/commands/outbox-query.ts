import { queryOptions } from '@tanstack/react-query';

import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { ask } from '../api/desk.ts';
import { outboxKey } from '../api/queries.ts';
import { dropWaiting, waitingIds } from './pending-commands.ts';

/**
 * Reads the outbox, and removes waiting commands of this page that the desk no longer has: they were decided without an
 * event here, or withdrawn. Only commands that waited before the read began are compared.
 */
async function readOutbox(): Promise<readonly OutboxEntry[]> {
  const waited = waitingIds();
  const entries = await ask('readOutbox', {});
  const kept = new Set(entries.filter(({ state }) => state !== 'refused').map(({ typed }) => typed.command.commandId));
  dropWaiting(new Set([...waited].filter((commandId) => !kept.has(commandId))));
  return entries;
}

/** The undecided commands, and the refused ones that nobody has dealt with, oldest first. */
export const outboxQuery = queryOptions({
  queryKey: outboxKey,
  queryFn: readOutbox,
  staleTime: Number.POSITIVE_INFINITY,
});
