import { chmod, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { PlainError } from '../problems/plain-error.ts';
import { writeAtomically } from './database/write-atomically.ts';

const marker = 'holdfast.json';

/** What the folder remembers between starts. Unknown keys stay, because a newer version may have written them. */
const stateSchema = z.looseObject({
  product: z.literal('holdfast'),
  databasePort: z.int().optional(),
  serverPort: z.int().optional(),
  deskPort: z.int().optional(),
});
type DataFolderState = z.infer<typeof stateSchema>;

/** A data folder that only this process uses, until `release`. */
export interface DataFolder {
  dir: string;
  state: Readonly<DataFolderState>;
  /** Merges the change into the remembered state, atomically. */
  remember(change: Partial<Omit<DataFolderState, 'product'>>): Promise<void>;
  readonly release: () => void;
}

/** The folder for Holdfast in the user's application data on this platform; on Linux by the XDG Base Directory Specification. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Holdfast');
  if (platform === 'win32') {
    return path.join(env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'Holdfast');
  }
  const base = env['XDG_DATA_HOME'];
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.local', 'share'), 'holdfast');
}

/**
 * Takes the folder for this process; makes it where it is missing, empties it where `fresh`. Throws PlainError where another
 * process has the folder, where it holds files that are not Holdfast's, and where it cannot be written.
 */
export async function openDataFolder(dataDir: string, options: { fresh?: boolean } = {}): Promise<DataFolder> {
  const dir = path.resolve(dataDir);
  await requireOurs(dir);
  const lock = takeLock(dir);
  try {
    if (options.fresh === true) await empty(dir);
    const state = await readState(dir);
    // For root the database runs under an account of its own, which must be able to pass through this folder (not list it).
    await chmod(dir, process.getuid?.() === 0 ? 0o711 : 0o700).catch(() => {});
    const folder: DataFolder = {
      dir,
      state,
      async remember(change) {
        folder.state = { ...folder.state, ...change };
        await writeAtomically(path.join(dir, marker), `${JSON.stringify(folder.state, undefined, 2)}\n`);
      },
      release: () => {
        if (lock.isOpen) lock.close();
      },
    };
    await folder.remember({});
    return folder;
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function requireOurs(dir: string): Promise<void> {
  try {
    await makeDir(dir);
    const entries = await readdir(dir);
    const foreign =
      entries.length > 0 && !entries.includes(marker) && !entries.every((entry) => entry.startsWith('lock.sqlite'));
    if (foreign) {
      throw new PlainError(
        `${dir} holds files that are not Holdfast's. Choose an empty or new folder with --data-dir.`,
      );
    }
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new PlainError(`The data folder ${dir} cannot be used (${code}). Choose another with --data-dir.`);
  }
}

/**
 * Makes a folder and its parents. Node's own recursive mkdir never returns below a folder that takes no folders, such as
 * /proc.
 */
async function makeDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || path.dirname(dir) === dir) throw error;
    await makeDir(path.dirname(dir));
    await mkdir(dir, { mode: 0o700 });
  }
}

/**
 * Locks the folder through SQLite, by the operating system's file lock. The lock ends with the process, however the process
 * ends, so no start has to recognise a stale lock or to trust a process id.
 */
function takeLock(dir: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path.join(dir, 'lock.sqlite'));
    lock.exec('pragma journal_mode = memory; begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode === 5) {
      throw new PlainError(
        `Holdfast is already running on ${dir}. Stop it first, or choose another folder with --data-dir.`,
      );
    }
    throw new PlainError(`The data folder ${dir} cannot be written. Choose another with --data-dir.`);
  }
}

async function empty(dir: string): Promise<void> {
  for (const entry of await readdir(dir)) {
    if (!entry.startsWith('lock.sqlite')) await rm(path.join(dir, entry), { recursive: true, force: true });
  }
}

async function readState(dir: string): Promise<DataFolderState> {
  const file = path.join(dir, marker);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { product: 'holdfast' };
    throw new PlainError(
      `${file} cannot be read. Start as the user who made this folder, or choose another with --data-dir.`,
    );
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw new PlainError(`${file} is damaged. Restore it, or delete that one file: the data itself is not in it.`);
  }
}
