import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { setup } from '../../../core/contract/desk/setup.ts';

/** Which server this desk uses and as whom, between two starts. */
const keptFile = z.strictObject({
  /** The same whatever becomes of the store: the server knows the desk by it. */
  deskId: z.string(),
  server: z
    .strictObject({
      shown: setup,
      /** Where it was last; a hosted one keeps its port where it can. */
      url: z.string(),
      orgId: z.string(),
      organizationName: z.string(),
      /** Sealed: the desk's token, and the addresses of a central database with their passwords. */
      secret: z.string(),
    })
    .nullable(),
});
type Kept = z.infer<typeof keptFile>;
export type KeptServer = NonNullable<Kept['server']>;

const fileOf = (dataDir: string) => path.join(dataDir, 'desk.json');

/** Null where there is none, or one that cannot be understood: the desk asks for its server again then. */
export function loadKept(dataDir: string): Kept | null {
  try {
    return keptFile.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the file in one step, readable by its owner alone. */
export function writeKept(dataDir: string, kept: Kept): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = fileOf(dataDir);
  const next = `${file}.next`;
  writeFileSync(next, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600, flush: true });
  // A file that was there keeps its mode when it is written.
  chmodSync(next, 0o600);
  renameSync(next, file);
}
