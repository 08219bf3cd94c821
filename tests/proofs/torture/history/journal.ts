import type { TypedCommand } from '../../../../core/commands/list.ts';
import type { Decision } from '../../../../core/contract/desk/calls.ts';

/** One statement of a desk about a command. */
export interface Told {
  readonly at: number;
  readonly decision: Decision;
  /** Whether the desk was without its server at some moment since it was asked. Then the desk may refuse by itself. */
  readonly mayBeOwn: boolean;
}

/** What is known of one command from the outside. Moments are milliseconds of the machine's monotonic clock. */
export interface JournalEntry {
  readonly typed: TypedCommand;
  readonly desk: string;
  /** Its place among all commands that were sent. */
  readonly number: number;
  readonly invokedAt: number;
  /** The desk's statements, in the order in which they were heard. */
  readonly told: Told[];
  /** Set when the desk did not take the command at all, and so promised nothing. */
  notTaken: string | null;
  /** A person dealt with the refusal, or was about to when the desk was killed. */
  isResolved: boolean;
}

export interface Journal {
  readonly entries: ReadonlyMap<string, JournalEntry>;
  invoked(desk: string, typed: TypedCommand, at: number): void;
  told(commandId: string, told: Told): void;
  notTaken(commandId: string, code: string): void;
  resolved(commandId: string): void;
}

/** Records every command that desks were asked for, and everything that they told about it. */
export function openJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    entries,
    invoked(desk, typed, invokedAt) {
      const { commandId } = typed.command;
      // When a command is sent twice, its first sending counts.
      if (entries.has(commandId)) return;
      entries.set(commandId, {
        typed,
        desk,
        number: entries.size,
        invokedAt,
        told: [],
        notTaken: null,
        isResolved: false,
      });
    },
    told(commandId, told) {
      entries.get(commandId)?.told.push(told);
    },
    notTaken(commandId, code) {
      const entry = entries.get(commandId);
      if (entry) entry.notTaken = code;
    },
    resolved(commandId) {
      const entry = entries.get(commandId);
      if (entry) entry.isResolved = true;
    },
  };
}

/** The verdict that a desk passed on, and when it was first heard; null while the desk only told that the command waits. */
export function firstVerdict(entry: JournalEntry): Told | null {
  return entry.told.filter(({ decision }) => decision.kind !== 'waiting').toSorted((a, b) => a.at - b.at)[0] ?? null;
}
