import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { PlainError } from '../../problems/plain-error.ts';
import { writeAtomically } from './write-atomically.ts';

/** The roles of the embedded cluster. The superuser makes the other two and does nothing else. */
export const roles = {
  superuser: 'holdfast_superuser',
  owner: 'holdfast_owner',
  app: 'holdfast_app',
} as const;
export const databaseName = 'holdfast';

// SQL and URLs hold the passwords as they are, so a password has no character that either would have to escape.
const password = z.string().regex(/^[\w-]{16,}$/);
const credentialsSchema = z.object({ superuser: password, owner: password, app: password });
export type Credentials = z.infer<typeof credentialsSchema>;

const fileOf = (dataDir: string) => path.join(dataDir, 'postgres-credentials.json');

export function makeCredentials(): Credentials {
  const make = () => randomBytes(24).toString('base64url');
  return { superuser: make(), owner: make(), app: make() };
}

/** Writes the passwords into a file that only this user can read. */
export async function writeCredentials(dataDir: string, credentials: Credentials): Promise<void> {
  await writeAtomically(fileOf(dataDir), `${JSON.stringify(credentials, undefined, 2)}\n`);
}

/** Reads the passwords of an existing cluster. Throws PlainError where they are gone: the cluster would refuse new ones. */
export async function requireCredentials(dataDir: string): Promise<Credentials> {
  const file = fileOf(dataDir);
  try {
    return credentialsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new PlainError(
      `${file} is missing or damaged, so the database beside it cannot be opened. Restore that file.`,
    );
  }
}

export function urlOf(role: keyof typeof roles, credentials: Credentials, port: number, database: string): string {
  return `postgres://${roles[role]}:${credentials[role]}@127.0.0.1:${port}/${database}`;
}
