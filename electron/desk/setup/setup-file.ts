import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { setup } from '../../../core/contract/desk/setup.ts';

/** The file that keeps, between two starts, which server this desk uses and as whom. */
const keptFile = z.strictObject({
  /** The server knows the desk by this id, which stays the same when the store is made anew. */
  deskId: z.string(),
  server: z
    .strictObject({
      shown: setup,
      /** The server's last address. A hosted server keeps its port where it can. */
      url: z.string(),
      orgId: z.string(),
      organizationName: z.string(),
      isDemo: z.boolean(),
      /** Sealed: the desk's token, and the addresses of a central database with their passwords. */
      secret: z.string(),
    })
    .nullable(),
});
type Kept = z.infer<typeof keptFile>;
export type KeptServer = NonNullable<Kept['server']>;

const fileOf = (dataDir: string) => path.join(dataDir, 'desk.json');

/** Loads the file. Null where there is none, and where it cannot be understood: then the desk asks for its server again. */
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
  // Writing does not change the mode of a file that was there already.
  chmodSync(next, 0o600);
  renameSync(next, file);
}
