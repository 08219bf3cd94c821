import { z } from 'zod';

import { stored } from '../../primitives/texts.ts';
import { credentials } from '../session.ts';
import { setupTest } from './setup.ts';

/** Which sync server a desk runs itself: on its own PostgreSQL, or on a central one that somebody administers. */
export const hostPlan = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('embedded'), demo: z.boolean() }),
  z.strictObject({ mode: z.literal('central'), databaseUrl: stored, adminDatabaseUrl: stored }),
]);
export type HostPlan = z.infer<typeof hostPlan>;

/**
 * What a desk tells the process that hosts its server; that process answers each message once. Messages take the channel
 * between the two processes because addresses hold passwords, and others can read a process's command line and environment.
 */
export const toHost = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('check'), plan: hostPlan, dataDir: stored }),
  /** `forNewDesk`: the answer brings a pairing code, and the first sign-in where this start makes the clinic. */
  z.strictObject({ do: z.literal('serve'), plan: hostPlan, dataDir: stored, forNewDesk: z.boolean() }),
  /** Closes the server and ends the process. The end is the answer. */
  z.strictObject({ do: z.literal('close') }),
]);
export type ToHost = z.infer<typeof toHost>;

export const fromHost = z.discriminatedUnion('said', [
  z.strictObject({ said: z.literal('checks'), checks: setupTest.shape.checks }),
  z.strictObject({
    said: z.literal('serving'),
    url: stored,
    newDesk: z.strictObject({ code: stored, firstSignIn: credentials.nullable() }).nullable(),
  }),
  /** `reason` is a sentence for the person who sets the desk up. */
  z.strictObject({ said: z.literal('failed'), reason: stored }),
]);
export type FromHost = z.infer<typeof fromHost>;
