import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { prepared } from './prepared.ts';

/** Whose commands: everybody's of one organization who works at this desk, or one person's. */
export interface Sender {
  readonly orgId: string;
  readonly userId: string | null;
}

/** A command that may be sent now. */
export interface Ready {
  readonly typed: TypedCommand;
  readonly lane: string;
  readonly state: 'saved' | 'sent';
}

interface Row {
  readonly command_id: string;
  readonly actor_id: string;
  readonly lane: string;
  readonly state: 'saved' | 'sent';
  readonly after_command_id: string | null;
  readonly waits_for: string;
}

export interface ReadyOptions {
  readonly limit: number;
  readonly underWay: { has(commandId: string): boolean };
  readonly isSetAside: (lane: string) => boolean;
}

/**
 * The oldest undecided commands that may be sent now. Each is the first of its lane; its parent is decided, and so are the
 * commands that free the slots that it takes. A command that waits for its parent holds up the later commands of its lane.
 */
export function loadReady(store: Store, { orgId, userId }: Sender, options: ReadyOptions): Ready[] {
  const { limit, underWay, isSetAside } = options;
  const rows = prepared<[string], Row>(
    store,
    `select command_id, actor_id, lane, state, after_command_id, waits_for
     from outbox where org_id = ? and state in ('saved', 'sent') order by position`,
  ).all(orgId);
  const isOfSender = (row: Row) => userId === null || row.actor_id === userId;
  const undecided = new Set(rows.map((row) => row.command_id));
  const sendable = new Set(rows.filter(isOfSender).map((row) => row.command_id));
  const lanes = new Set<string>();
  const ready: Row[] = [];
  for (const row of rows) {
    if (ready.length >= limit) break;
    if (!isOfSender(row) || lanes.has(row.lane)) continue;
    lanes.add(row.lane);
    if (underWay.has(row.command_id) || isSetAside(row.lane)) continue;
    if (row.after_command_id !== null && undecided.has(row.after_command_id)) continue;
    // A command of a person without a session is not waited for: the server refuses this one if the slot is still taken.
    const waitsFor = row.waits_for === '[]' ? [] : (JSON.parse(row.waits_for) as string[]);
    if (waitsFor.some((commandId) => sendable.has(commandId))) continue;
    ready.push(row);
  }
  return ready.map(({ command_id: commandId, lane, state }) => ({
    typed: requireTyped(store, commandId),
    lane,
    state,
  }));
}

function requireTyped(store: Store, commandId: string): TypedCommand {
  const row = prepared<[string], { type: string; command: string }>(
    store,
    'select type, command from outbox where command_id = ?',
  ).get(commandId);
  if (!row) throw new Error('a command that was just listed is missing');
  // Parsed by the contract before it was written; the server parses it again.
  return { type: row.type, command: JSON.parse(row.command) } as TypedCommand;
}

export function loadLane(store: Store, commandId: string): string | null {
  return (
    prepared<[string], { lane: string }>(store, 'select lane from outbox where command_id = ?').get(commandId)?.lane ??
    null
  );
}
