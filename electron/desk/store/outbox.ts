import { and, asc, eq, notInArray } from 'drizzle-orm';

import type { TypedCommand } from '../../../core/contract/commands/list.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { outbox } from '../../../db/sqlite/schema.ts';

/** A command that waits for the server, and what it acts on. */
export interface UndecidedCommand {
  readonly typed: TypedCommand;
  readonly lane: string;
}

/** Whose commands: those that one person made for one organization. */
export interface Sender {
  readonly orgId: string;
  readonly userId: string;
}

/** What a command acts on: commands of one lane reach the server in the order in which they were made. */
export function laneOf({ type, command }: TypedCommand): string {
  return type === 'raise-capacity' ? command.body.resourceId : command.body.appointmentId;
}

/**
 * Puts a command at the end of the outbox; when this returns it is on the disk. The same command again changes nothing.
 * Says `reused` where the id stands there already with another body.
 */
export function writeCommand(store: Store, orgId: string, typed: TypedCommand): 'written' | 'known' | 'reused' {
  const command = JSON.stringify(typed.command);
  const { commandId, actorId, madeAt } = typed.command;
  return store.transaction(
    (tx) => {
      const known = tx.select().from(outbox).where(eq(outbox.commandId, commandId)).get();
      if (known) return known.type === typed.type && known.command === command ? 'known' : 'reused';
      tx.insert(outbox)
        .values({ commandId, orgId, actorId, lane: laneOf(typed), type: typed.type, command, madeAt })
        .run();
      return 'written';
    },
    { behavior: 'immediate' },
  );
}

/** A sender's oldest undecided command that acts on none of `lanesSetAside`. */
export function loadNextCommand(
  store: Store,
  { orgId, userId }: Sender,
  lanesSetAside: readonly string[],
): UndecidedCommand | null {
  const row = store
    .select()
    .from(outbox)
    .where(and(eq(outbox.orgId, orgId), eq(outbox.actorId, userId), notInArray(outbox.lane, [...lanesSetAside])))
    .orderBy(asc(outbox.position))
    .limit(1)
    .get();
  if (!row) return null;
  // Parsed by the contract before it was written; the server parses it again.
  return { lane: row.lane, typed: { type: row.type, command: JSON.parse(row.command) } as TypedCommand };
}

/** Takes a decided command out. */
export function removeCommand(store: Store, commandId: string): void {
  store.delete(outbox).where(eq(outbox.commandId, commandId)).run();
}
