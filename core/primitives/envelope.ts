import { z } from 'zod';

import { commandId, id } from './ids.ts';
import { instant } from './instants.ts';

/** What every command carries. Some have a `precondition` besides: what must be so for the command to make sense. */
export const envelope = z.strictObject({
  commandId,
  actorId: id,
  deskId: z.string().min(1).max(64),
  madeAt: instant,
  /** The desk's when it made the command. One that the server does not take is refused with what to update. */
  protocol: z.int().positive(),
  /** The command that this one takes back within its ten seconds: the messages of that one are withdrawn. */
  undoes: id.optional(),
});

/** The version that the person saw. */
export const versionPrecondition = z.strictObject({ version: z.int().positive() });

/**
 * The command that made what this one is about, and that the desk has no answer to yet. Where that one was refused, this
 * one is too; where it was done, the version that it left is the version that the person saw.
 */
export const afterPrecondition = z.strictObject({ afterCommandId: id });

export const seenPrecondition = z.union([versionPrecondition, afterPrecondition]);
