import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { PostgresBinaries } from '../../server/host/database/postgres-binaries.ts';
import { PlainError } from '../../server/problems/plain-error.ts';
import { installDebianPackages } from './install-debian-packages.ts';

/** An installation with `pg_basebackup`, which copies a running cluster; the embedded PostgreSQL ships without that program. */
export interface FullPostgres extends PostgresBinaries {
  pgBasebackup: string;
}

const debianFolder = '/usr/lib/postgresql';
const oldestMajor = 15;

/** The newest PostgreSQL, 15 or later, of this machine that has all four programs: Debian's first, else one on the PATH. */
export function findFullPostgres(env: NodeJS.ProcessEnv, ofDebian = debianFolder): FullPostgres | null {
  const majors = existsSync(ofDebian)
    ? readdirSync(ofDebian)
        .map(Number)
        .filter((major) => major >= oldestMajor)
    : [];
  const folders = [
    ...majors.toSorted((a, b) => b - a).map((major) => path.join(ofDebian, String(major), 'bin')),
    ...(env['PATH'] ?? '').split(path.delimiter),
  ];
  for (const folder of folders) {
    const [initdb, pgCtl, postgres, pgBasebackup] = ['initdb', 'pg_ctl', 'postgres', 'pg_basebackup'].map((name) =>
      path.join(folder, name),
    ) as [string, string, string, string];
    if ([initdb, pgCtl, postgres, pgBasebackup].every(isProgram)) return { initdb, pgCtl, postgres, pgBasebackup };
  }
  return null;
}

/** Like `findFullPostgres`, and as root on Debian installs a missing PostgreSQL. Throws PlainError when none is found. */
export async function requireFullPostgres(): Promise<FullPostgres> {
  if (findFullPostgres(process.env) === null) await installFullPostgres();
  const found = findFullPostgres(process.env);
  if (found) return found;
  throw new PlainError(
    'A whole PostgreSQL, 15 or later, with pg_basebackup is needed (on Debian: apt install postgresql).',
  );
}

/** Debian's package would create and start a cluster that nothing here uses: a setting prevents that. */
export async function installFullPostgres(): Promise<void> {
  const folder = '/etc/postgresql-common/createcluster.d';
  const file = path.join(folder, 'holdfast.conf');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, 'create_main_cluster = false\n');
  } catch {
    // Without root the setting cannot be written, and `installDebianPackages` installs nothing.
  }
  await installDebianPackages(['postgresql']);
  rmSync(file, { force: true });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
