import { z } from 'zod';

import { id, instant } from '../primitives.ts';
import { protocol } from '../protocol.ts';

/** What every command carries. Some have a `precondition` besides: what must be so for the command to make sense. */
export const envelope = z.strictObject({
  commandId: id,
  actorId: id,
  deskId: z.string().min(1).max(64),
  madeAt: instant,
  protocol: z.literal(protocol),
});

/** The version that the person saw. */
export const versionPrecondition = z.strictObject({ version: z.int().positive() });

/** The command that made what this one is about. Where that one was refused, this one is too. */
export const afterPrecondition = z.strictObject({ afterCommandId: id });
