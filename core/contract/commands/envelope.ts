import { z } from 'zod';

import { id, instant } from '../primitives.ts';
import { protocol } from '../protocol.ts';

/** What every command carries. `precondition` is the version that the person saw. */
export const envelope = z.strictObject({
  commandId: id,
  actorId: id,
  deskId: z.string().min(1).max(64),
  madeAt: instant,
  protocol: z.literal(protocol),
});

export const versionPrecondition = z.strictObject({ version: z.int().positive() });
