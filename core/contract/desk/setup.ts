import { z } from 'zod';

import { address, stored } from '../../primitives/texts.ts';
import { pairingCode } from '../pairing.ts';
import { credentials } from '../session.ts';

const httpUrl = address(/^https?$/, 'Give an address such as https://desk.example.org.');
const postgresUrl = address(
  /^postgres(ql)?$/,
  'Give an address such as postgres://holdfast_app:password@server/holdfast.',
);

/** What a person chooses on the first-run screen: where the data is. */
export const setupChoice = z.discriminatedUnion('kind', [
  /** This PC holds everything: embedded PostgreSQL and sync server. For trying, and for a practice with one PC. */
  z.strictObject({ kind: z.literal('host-embedded'), demo: z.boolean() }),
  /** This PC runs the sync server on a central PostgreSQL that somebody administers. */
  z.strictObject({ kind: z.literal('host-central'), databaseUrl: postgresUrl, adminDatabaseUrl: postgresUrl }),
  /** The desk pairs with a server elsewhere by a one-time code. */
  z.strictObject({ kind: z.literal('connect'), serverUrl: httpUrl, code: pairingCode }),
]);
export type SetupChoice = z.infer<typeof setupChoice>;

/** What the desk keeps of the choice and may show: no password, no code. */
export const setup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host-embedded'), demo: z.boolean() }),
  z.strictObject({ kind: z.literal('host-central'), databaseHost: stored }),
  z.strictObject({ kind: z.literal('connect'), serverUrl: stored, organizationName: stored }),
  /** The command that started the desk named the server, as `npm start` does. */
  z.strictObject({ kind: z.literal('given'), serverUrl: stored }),
]);
export type Setup = z.infer<typeof setup>;

/** What the test of a choice found: its checks in their order. The first failed check is the last. */
export const setupTest = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.enum(['reachable', 'is-holdfast', 'version', 'code', 'database', 'app-role', 'schema', 'room']),
      ok: z.boolean(),
      /** What the check found; of a failed check also what to do. */
      detail: stored,
    }),
  ),
});
export type SetupTest = z.infer<typeof setupTest>;

/**
 * The first sign-in of a clinic that this setup made, with a password that is told only this once; null where the clinic has
 * people already.
 */
export const setupApplied = z.strictObject({ firstSignIn: credentials.nullable() });
export type SetupApplied = z.infer<typeof setupApplied>;
