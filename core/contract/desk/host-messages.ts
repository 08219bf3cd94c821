import { z } from 'zod';

import { credentials } from '../session.ts';
import { setupTest } from './setup.ts';

/** Which sync server a desk runs itself: on a PostgreSQL of its own, or on one that somebody looks after. */
export const hostPlan = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('embedded'), demo: z.boolean() }),
  z.strictObject({ mode: z.literal('central'), databaseUrl: z.string(), adminDatabaseUrl: z.string() }),
]);
export type HostPlan = z.infer<typeof hostPlan>;

/**
 * What a desk tells the process that hosts its server; each is answered once. It travels by the process's own channel
 * because the command line and the environment of a process can be read by others, and addresses hold passwords.
 */
export const toHost = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('check'), plan: hostPlan, dataDir: z.string() }),
  /** `forNewDesk`: with a code that pairs, and who can sign in first. */
  z.strictObject({ do: z.literal('serve'), plan: hostPlan, dataDir: z.string(), forNewDesk: z.boolean() }),
  /** Ends the process once the server has let go of everything. Answered by its end. */
  z.strictObject({ do: z.literal('close') }),
]);
export type ToHost = z.infer<typeof toHost>;

export const fromHost = z.discriminatedUnion('said', [
  z.strictObject({ said: z.literal('checks'), checks: setupTest.shape.checks }),
  z.strictObject({
    said: z.literal('serving'),
    url: z.url(),
    newDesk: z.strictObject({ code: z.string(), firstSignIn: credentials.nullable() }).nullable(),
  }),
  /** In words for the person who set it up. */
  z.strictObject({ said: z.literal('failed'), reason: z.string() }),
]);
export type FromHost = z.infer<typeof fromHost>;
