import { z } from 'zod';

import { commandId, id } from './ids.ts';
import { clockReading } from './instants.ts';
import { token } from './texts.ts';

/**
 * How far a desk's clock may be off: a hundred years. A PC whose battery is empty begins in 1970 or 2000, and an offset within
 * this bound leaves `madeAt` in the years that Temporal and PostgreSQL both write with four digits.
 */
export const maxClockOffsetMilliseconds = 100 * 365 * 86_400_000;

export const clockOffset = z.int().min(-maxClockOffsetMilliseconds).max(maxClockOffsetMilliseconds);

/** What every command carries. Some commands also carry a `precondition`: what must hold for the command to make sense. */
export const envelope = z.strictObject({
  commandId,
  actorId: id,
  deskId: token(64).min(1),
  /** By the desk's clock. */
  madeAt: clockReading,
  /** How far the database's clock was ahead of the desk's when the desk last measured it; left out where it never did. */
  clockOffsetMilliseconds: clockOffset.optional(),
  /** The protocol that the desk spoke then. The server refuses a protocol that it does not take, and says what to update. */
  protocol: z.int().positive(),
  /** The command that this one takes back within ten seconds (`undoSeconds`); the server withdraws that command's messages. */
  undoes: id.optional(),
});

/** The version that the person saw. */
export const versionPrecondition = z.strictObject({ version: z.int().positive() });

/**
 * The command that this one follows, while the desk has no answer to it. The server refuses this command where it refused
 * that command; where that command was done, the version that it left is the version that the person saw.
 */
export const afterPrecondition = z.strictObject({ afterCommandId: id });

export const seenPrecondition = z.union([versionPrecondition, afterPrecondition]);
