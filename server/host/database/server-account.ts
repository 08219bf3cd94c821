import { execFile } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

import { PlainError } from '../../problems/plain-error.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

const run = promisify(execFile);

export interface ToolResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The account under which PostgreSQL runs. PostgreSQL refuses root, so root lends it an account. */
export interface ServerAccount {
  /** The words before a program's name that run the program under the account; empty for an ordinary user. */
  prefix: string[];
  /** Makes the account own a file or folder; does nothing for an ordinary user. */
  own(file: string): Promise<void>;
  runTool(program: string, args: string[]): Promise<ToolResult>;
}

/** Runs a tool and collects its output. LC_ALL=C keeps messages untranslated, because this code matches them. */
async function runTool(prefix: string[], program: string, args: string[]): Promise<ToolResult> {
  const [first, ...rest] = [...prefix, program, ...args] as [string, ...string[]];
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', ...windowsEnvironment() };
  try {
    // Every account can enter `/`; the current folder may lie below a 0700 folder.
    const { stdout, stderr } = await run(first, rest, { env, cwd: process.platform === 'win32' ? undefined : '/' });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: number | string; stdout?: string; stderr?: string; message: string };
    if (typeof failed.code !== 'number') throw new PlainError(`${first} did not run: ${failed.message}.`);
    return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

function windowsEnvironment(): Record<string, string> {
  return process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? '' } : {};
}

async function idOf(user: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** The owner of an existing cluster; else the user `holdfast` or `postgres`; else the new user `holdfast`. */
async function requireUnprivilegedId(clusterDir: string): Promise<{ uid: number; gid: number }> {
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = (await idOf('holdfast')) ?? (await idOf('postgres'));
  if (existing !== undefined) return existing;
  try {
    await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'holdfast']);
  } catch {
    // The check below also covers a useradd that ran and made no user.
  }
  const made = await idOf('holdfast');
  if (made === undefined) {
    throw new PlainError(
      'PostgreSQL refuses to run as root, and the user "holdfast" could not be made. Start as an ordinary user.',
    );
  }
  return made;
}

/**
 * The capabilities to try, weakest first, where the account cannot reach the programs or the data: a clone or a data folder
 * may lie below a 0700 folder (`mktemp -d`, /root). dac_read_search enters folders and reads; containers without it usually
 * have dac_override. no_setuid_fixup makes access(2), which initdb calls, heed them. execve leaves exactly these
 * capabilities (capabilities(7)).
 */
const reachByCapability = [undefined, 'dac_read_search', 'dac_override'] as const;

function setprivPrefix(id: { uid: number; gid: number }, capability: string | undefined): string[] {
  const plain = ['setpriv', `--reuid=${id.uid}`, `--regid=${id.gid}`, '--clear-groups', '--no-new-privs'];
  if (capability === undefined) return [...plain, '--inh-caps=-all'];
  const caps = `-all,+${capability}`;
  return [
    ...plain,
    `--inh-caps=${caps}`,
    `--ambient-caps=${caps}`,
    `--bounding-set=${caps}`,
    '--securebits=+no_setuid_fixup',
  ];
}

/**
 * Finds the account for a cluster in `clusterDir` (which may not exist yet) inside the existing folder `parentDir`. Throws
 * PlainError where root finds no account that reaches both the programs and the folder.
 */
export async function findServerAccount(
  binaries: PostgresBinaries,
  parentDir: string,
  clusterDir: string,
): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) {
    return { prefix: [], own: async () => {}, runTool: (program, args) => runTool([], program, args) };
  }
  const id = await requireUnprivilegedId(clusterDir);
  // In a clone made under umask 077 only root may execute the programs; capabilities do not replace that bit.
  for (const program of Object.values(binaries)) {
    if (((await stat(program)).mode & 0o001) === 0) await chmod(program, 0o755);
  }
  for (const capability of reachByCapability) {
    const prefix = setprivPrefix(id, capability);
    const probe = ['-c', '"$1" --version >/dev/null && cd "$2"', 'sh', binaries.initdb, parentDir];
    if ((await runTool(prefix, '/bin/sh', probe)).code !== 0) continue;
    return {
      prefix,
      own: (file) => chown(file, id.uid, id.gid),
      runTool: (program, args) => runTool(prefix, program, args),
    };
  }
  throw new PlainError(
    `PostgreSQL refuses to run as root, and its own user cannot reach ${parentDir} or ${binaries.initdb}. Use folders that others may enter, or start as an ordinary user.`,
  );
}
