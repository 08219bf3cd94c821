import type { TypedCommand } from '../../../../core/commands/list.ts';
import type { Decision } from '../../../../core/contract/desk/calls.ts';

/** One time that a desk said something of a command. */
export interface Told {
  readonly at: number;
  readonly decision: Decision;
  /** Whether the desk had no server at some moment since it was asked: then it may refuse by what it knows itself. */
  readonly mayBeOwn: boolean;
}

/** What is known of one command from the outside. Moments are milliseconds of the machine's monotonic clock. */
export interface JournalEntry {
  readonly typed: TypedCommand;
  readonly desk: string;
  /** Its place among everything that was sent. */
  readonly number: number;
  readonly invokedAt: number;
  /** In the order in which it was heard. */
  readonly told: Told[];
  /** The desk refused to take it at all: it promised nothing. */
  notTaken: string | null;
  /** A person dealt with its refusal, or was about to when the desk was killed. */
  isResolved: boolean;
}

export interface Journal {
  readonly entries: ReadonlyMap<string, JournalEntry>;
  invoked(desk: string, typed: TypedCommand, at: number): void;
  told(commandId: string, told: Told): void;
  notTaken(commandId: string, code: string): void;
  resolved(commandId: string): void;
}

/** Everything that was asked of desks and everything that they said. */
export function openJournal(): Journal {
  const entries = new Map<string, JournalEntry>();
  return {
    entries,
    invoked(desk, typed, invokedAt) {
      const { commandId } = typed.command;
      // Sent twice: the first time is the one that counts.
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

/** The verdict that a desk passed on, and when it was first heard; null while it only said that it waits. */
export function firstVerdict(entry: JournalEntry): Told | null {
  return entry.told.filter(({ decision }) => decision.kind !== 'waiting').toSorted((a, b) => a.at - b.at)[0] ?? null;
}
