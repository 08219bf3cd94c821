import type { Appointment, Patient } from '../../../core/calendar/appointment.ts';
import { laneOf, parentOf, type TypedCommand } from '../../../core/commands/list.ts';
import type { OutboxState, Resolution } from '../../../core/contract/desk/outbox-entry.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import type { Occupancy } from '../../../core/domain/bookings/facts.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { inTransaction, prepared } from './prepared.ts';

/** What a command gives free, as far as the desk knows; null: it does not. */
export type Freed = readonly Pick<Occupancy, 'resourceId' | 'start' | 'end'>[] | null;

/** What the desk itself makes of a command as it keeps it. */
export interface Forecast {
  readonly expected: Appointment | null;
  readonly patient: Patient | null;
  /** Undecided commands that give free what this one takes: the server must hear of them first. */
  readonly waitsFor: readonly string[];
  readonly frees: Freed;
}

export const noForecast: Forecast = { expected: null, patient: null, waitsFor: [], frees: null };

type StoredState = OutboxState | 'confirmed' | 'resolved';

export interface StoredCommand extends Forecast {
  readonly typed: TypedCommand;
  readonly position: number;
  readonly orgId: string;
  readonly lane: string;
  readonly state: StoredState;
  readonly problem: Problem | null;
  readonly followsCommandId: string | null;
  readonly afterCommandId: string | null;
  readonly undoes: string | null;
  /** When the server first decided it; it may be sent again after that. */
  readonly decidedAt: string | null;
  /** Of a resolved one: how. */
  readonly resolution: string | null;
}

interface Row {
  readonly position: number;
  readonly command_id: string;
  readonly org_id: string;
  readonly lane: string;
  readonly type: string;
  readonly command: string;
  readonly state: StoredState;
  readonly expected: string | null;
  readonly patient: string | null;
  readonly problem: string | null;
  readonly follows_command_id: string | null;
  readonly after_command_id: string | null;
  readonly undoes: string | null;
  readonly waits_for: string;
  readonly frees: string | null;
  readonly decided_at: string | null;
  readonly resolution: string | null;
}

const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

/** What is in the outbox was parsed by the contract before it was written; the server parses it again. */
function storedOf(row: Row): StoredCommand {
  return {
    typed: { type: row.type, command: JSON.parse(row.command) } as TypedCommand,
    position: row.position,
    orgId: row.org_id,
    lane: row.lane,
    state: row.state,
    expected: parsed(row.expected) as Appointment | null,
    patient: parsed(row.patient) as Patient | null,
    problem: parsed(row.problem) as Problem | null,
    followsCommandId: row.follows_command_id,
    afterCommandId: row.after_command_id,
    undoes: row.undoes,
    waitsFor: JSON.parse(row.waits_for) as string[],
    frees: parsed(row.frees) as Freed,
    decidedAt: row.decided_at,
    resolution: row.resolution,
  };
}

const columns = `position, command_id, org_id, lane, type, command, state, expected, patient, problem, follows_command_id,
  after_command_id, undoes, waits_for, frees, decided_at,
  resolution`;

export function loadCommand(store: Store, commandId: string): StoredCommand | null {
  const row = prepared<[string], Row>(store, `select ${columns} from outbox where command_id = ?`).get(commandId);
  return row ? storedOf(row) : null;
}

/** Of each store the undecided commands as they were last read: a long day without the network has hundreds. */
const undecidedOf = new WeakMap<Store['client'], Map<string, readonly StoredCommand[]>>();

/** What the server has not decided, in the order in which it was made. */
export function loadUndecided(store: Store, orgId: string): readonly StoredCommand[] {
  const known = undecidedOf.get(store.client)?.get(orgId);
  if (known) return known;
  const undecided = prepared<[string], Row>(
    store,
    `select ${columns} from outbox where org_id = ? and state in ('saved', 'sent') order by position`,
  )
    .all(orgId)
    .map(storedOf);
  undecidedOf.set(store.client, (undecidedOf.get(store.client) ?? new Map<string, never>()).set(orgId, undecided));
  return undecided;
}

/** Every statement that writes to the outbox is made here, so that what was read before is forgotten. */
function writing(
  store: Store,
  sql: string,
): { run(...given: readonly (string | number | null)[]): { changes: number } } {
  const statement = prepared<(string | number | null)[]>(store, sql);
  return {
    run(...given) {
      undecidedOf.delete(store.client);
      return statement.run(...given);
    },
  };
}

/** What the server has not decided, and what it refused and nobody has dealt with, oldest first. */
export function loadOpenEntries(store: Store, orgId: string): StoredCommand[] {
  return prepared<[string], Row>(
    store,
    `select ${columns} from outbox where org_id = ? and state in ('saved', 'sent', 'refused') order by position`,
  )
    .all(orgId)
    .map(storedOf);
}

/**
 * Puts a command at the end of the outbox, with what the desk makes of it; when this returns it is on the disk. The same
 * command again changes nothing. Says `reused` where the id stands there already with another body.
 */
export function writeCommand(
  store: Store,
  orgId: string,
  typed: TypedCommand,
  forecast: Forecast = noForecast,
  state: 'saved' | 'sent' = 'saved',
): 'written' | 'known' | 'reused' {
  const command = JSON.stringify(typed.command);
  const { commandId, actorId, madeAt, undoes = null } = typed.command;
  return inTransaction(store, () => {
    const known = prepared<[string], Pick<Row, 'type' | 'command'>>(
      store,
      'select type, command from outbox where command_id = ?',
    ).get(commandId);
    if (known) return known.type === typed.type && known.command === command ? 'known' : 'reused';
    writing(
      store,
      `insert into outbox (command_id, org_id, actor_id, lane, type, command, made_at, after_command_id, state, undoes,
         expected, patient, waits_for, frees)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      commandId,
      orgId,
      actorId,
      laneOf(typed),
      typed.type,
      command,
      madeAt,
      parentOf(typed.command),
      state,
      undoes,
      forecast.expected && JSON.stringify(forecast.expected),
      forecast.patient && JSON.stringify(forecast.patient),
      JSON.stringify(forecast.waitsFor),
      forecast.frees && JSON.stringify(forecast.frees),
    );
    return 'written';
  });
}

/** Keeps beside a command how far the database's clock was ahead when the command was made, in milliseconds. */
export function keepClockOffset(store: Store, commandId: string, milliseconds: number): void {
  writing(store, 'update outbox set clock_offset = ? where command_id = ?').run(milliseconds, commandId);
}

export function loadClockOffset(store: Store, commandId: string): number | null {
  const offset = prepared<[string], number>(store, 'select clock_offset from outbox where command_id = ?');
  return offset.pluck().get(commandId) ?? null;
}

/** From here on the server may know them. */
export function markSent(store: Store, commandIds: readonly string[]): void {
  const mark = writing(store, "update outbox set state = 'sent' where command_id = ? and state = 'saved'");
  inTransaction(store, () => {
    for (const commandId of commandIds) mark.run(commandId);
  });
}

export interface DecidedWhen {
  readonly decidedAt: string;
  /** The feed's epoch as the desk knows it. */
  readonly epoch: string | null;
}

export function markConfirmed(store: Store, commandId: string, { decidedAt, epoch }: DecidedWhen): void {
  writing(
    store,
    `update outbox set state = 'confirmed', problem = null, follows_command_id = null, decided_at = ?, epoch = ?
     where command_id = ?`,
  ).run(decidedAt, epoch, commandId);
}

/** `resolution` where nobody needs to be asked any more. */
export function markRefused(
  store: Store,
  commandId: string,
  verdict: DecidedWhen & {
    readonly problem: Problem;
    readonly followsCommandId: string | null;
    readonly resolution: string | null;
  },
): void {
  writing(
    store,
    `update outbox set state = iif(? is null, 'refused', 'resolved'), resolution = ?, problem = ?, follows_command_id = ?,
       decided_at = ?, epoch = ? where command_id = ?`,
  ).run(
    verdict.resolution,
    verdict.resolution,
    JSON.stringify(verdict.problem),
    verdict.followsCommandId,
    verdict.decidedAt,
    verdict.epoch,
    commandId,
  );
}

/** The undecided command that takes this one back, or null. */
export function loadUndoOf(store: Store, orgId: string, commandId: string): StoredCommand | null {
  return loadUndecided(store, orgId).find(({ undoes }) => undoes === commandId) ?? null;
}

/** A refusal and what was refused because of it: dealt with. Says whether there was one. */
export function markResolved(store: Store, orgId: string, commandId: string, resolution: Resolution): boolean {
  return (
    writing(
      store,
      `update outbox set state = 'resolved', resolution = ?
       where org_id = ? and state = 'refused' and (command_id = ? or follows_command_id = ?)`,
    ).run(resolution, orgId, commandId, commandId).changes > 0
  );
}

/** Taken back before the server decided: nothing is to be sent, and nobody is to be asked. */
export function markWithdrawn(store: Store, commandIds: readonly string[], decidedAt: string): void {
  const mark = writing(
    store,
    "update outbox set state = 'resolved', resolution = 'withdrawn', decided_at = ? where command_id = ?",
  );
  inTransaction(store, () => {
    for (const commandId of commandIds) mark.run(decidedAt, commandId);
  });
}

/** How many commands are undecided, and how many are refused and not dealt with. */
export function countOpen(store: Store, orgId: string): { waiting: number; refused: number } {
  const row = prepared<[string], { waiting: number; refused: number }>(
    store,
    `select count(*) filter (where state <> 'refused') as waiting, count(*) filter (where state = 'refused') as refused
     from outbox where org_id = ? and state in ('saved', 'sent', 'refused')`,
  ).get(orgId);
  return row ?? { waiting: 0, refused: 0 };
}

/** The server's history is another one than when it confirmed these: it may have lost them. Says how many. */
export function sendAgain(store: Store, orgId: string, epoch: string): number {
  return writing(
    store,
    "update outbox set state = 'sent' where org_id = ? and state = 'confirmed' and epoch is not ?",
  ).run(orgId, epoch).changes;
}
