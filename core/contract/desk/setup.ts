import { z } from 'zod';

import { pairingCode } from '../pairing.ts';
import { credentials } from '../session.ts';

const httpUrl = z.url({ protocol: /^https?$/, error: 'Give an address such as https://desk.example.org.' });
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'Give an address such as postgres://holdfast_app:password@server/holdfast.',
});

/** What the first-run screen asks: where the data is. */
export const setupChoice = z.discriminatedUnion('kind', [
  /** This PC holds everything: embedded PostgreSQL and sync server. For trying, and for a practice with one PC. */
  z.strictObject({ kind: z.literal('host-embedded'), demo: z.boolean() }),
  /** This PC runs the sync server for a PostgreSQL that somebody looks after. */
  z.strictObject({ kind: z.literal('host-central'), databaseUrl: postgresUrl, adminDatabaseUrl: postgresUrl }),
  /** A server elsewhere, which this desk is paired with by a one-time code. */
  z.strictObject({ kind: z.literal('connect'), serverUrl: httpUrl, code: pairingCode }),
]);
export type SetupChoice = z.infer<typeof setupChoice>;

/** What is kept of it and may be shown: no password, no code. */
export const setup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host-embedded'), demo: z.boolean() }),
  z.strictObject({ kind: z.literal('host-central'), databaseHost: z.string() }),
  z.strictObject({ kind: z.literal('connect'), serverUrl: z.string(), organizationName: z.string() }),
  /** Whoever started the desk said which server: `npm start` does. */
  z.strictObject({ kind: z.literal('given'), serverUrl: z.string() }),
]);
export type Setup = z.infer<typeof setup>;

/** What a test found, as checks in the order in which they were made; those after a failed one were not made. */
export const setupTest = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.enum(['reachable', 'is-holdfast', 'version', 'code', 'database', 'app-role', 'schema', 'room']),
      ok: z.boolean(),
      /** What was found, and where it failed what to do. */
      detail: z.string(),
    }),
  ),
});
export type SetupTest = z.infer<typeof setupTest>;

/**
 * Who can sign in first where the clinic was made by this setup, with a password that is told this once; null where people
 * are there already.
 */
export const setupApplied = z.strictObject({ firstSignIn: credentials.nullable() });
export type SetupApplied = z.infer<typeof setupApplied>;
