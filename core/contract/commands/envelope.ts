import { z } from 'zod';
import { id, instant } from '../primitives.ts';

/** Raised when a command changes its meaning; servers take older ones by upcasters. */
export const protocol = 1;

/** What every command carries. `precondition` is the version that the person saw. */
export const envelope = z.strictObject({
  commandId: id,
  actorId: id,
  deskId: z.string().min(1).max(64),
  madeAt: instant,
  protocol: z.literal(protocol),
});

export const versionPrecondition = z.strictObject({ version: z.int().positive() });
