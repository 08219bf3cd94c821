import { and, asc, eq, lt, notExists, notInArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';

import { parentOf, type TypedCommand } from '../../../core/contract/commands/list.ts';
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
  switch (type) {
    case 'raise-capacity':
      return command.body.resourceId;
    case 'register-patient':
      return command.body.patientId;
    default:
      return command.body.appointmentId;
  }
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
        .values({
          commandId,
          orgId,
          actorId,
          lane: laneOf(typed),
          type: typed.type,
          command,
          madeAt,
          afterCommandId: parentOf(typed.command),
        })
        .run();
      return 'written';
    },
    { behavior: 'immediate' },
  );
}

/**
 * A sender's oldest undecided command that acts on none of `lanesSetAside`, whose parent is decided, and that is the first
 * of its lane: what waits for a parent holds up what was done to the same thing after it.
 */
export function loadNextCommand(
  store: Store,
  { orgId, userId }: Sender,
  lanesSetAside: readonly string[],
): UndecidedCommand | null {
  const earlier = alias(outbox, 'earlier');
  const parent = alias(outbox, 'parent');
  const isOfSender = (table: typeof outbox | typeof earlier) => and(eq(table.orgId, orgId), eq(table.actorId, userId));
  const row = store
    .select()
    .from(outbox)
    .where(
      and(
        isOfSender(outbox),
        notInArray(outbox.lane, [...lanesSetAside]),
        notExists(
          store
            .select({ position: earlier.position })
            .from(earlier)
            .where(and(isOfSender(earlier), eq(earlier.lane, outbox.lane), lt(earlier.position, outbox.position))),
        ),
        notExists(
          store.select({ position: parent.position }).from(parent).where(eq(parent.commandId, outbox.afterCommandId)),
        ),
      ),
    )
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
