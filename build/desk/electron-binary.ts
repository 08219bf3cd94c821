import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { root } from '../build-once.ts';

export type Electron =
  | { readonly kind: 'there'; readonly program: string }
  /** `why` is for the person who started Holdfast. */
  | { readonly kind: 'missing'; readonly why: string };

export interface FindElectronOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Tries again even when an earlier try failed. */
  readonly again: boolean;
  readonly onProgress: (line: string) => void;
  /** Electron's npm package. It holds no binary, only the installer that downloads one. */
  readonly packageDir?: string;
  /** The folder that remembers a failed try, and holds a download while it runs. */
  readonly workDir?: string;
  /** A download that brings nothing for this long is given up. */
  readonly silenceMs?: number;
}

const defaultPackage = path.join(root, 'node_modules', 'electron');
const defaultWork = path.join(root, 'out', 'electron');
const defaultSilenceMs = 20_000;
const pollMs = 250;
/** After this long a network or a mirror may have changed, so a failed try is repeated. */
const rememberedMs = 7 * 24 * 60 * 60 * 1000;

const interrupted = 'the download of Electron was interrupted';

const failedTry = z.strictObject({ key: z.string(), at: z.number(), why: z.string() });

/**
 * Electron's program: from its package, or downloaded by one try of the package's own installer, which honours
 * ELECTRON_MIRROR, electron_config_cache and the proxy, and checks what it downloads. A failed try is remembered for a week,
 * or until the version or the mirror changes, so that only the first start without a network waits. Never throws.
 */
export async function findElectron(options: FindElectronOptions): Promise<Electron> {
  const { env, again, onProgress, packageDir = defaultPackage, workDir = defaultWork } = options;
  const present = findElectronProgram(env, packageDir);
  if (present !== null) return { kind: 'there', program: present };

  const memory = path.join(workDir, 'failed-try.json');
  const key = keyOf(packageDir, env);
  const former = await readFailedTry(memory);
  const isFresh = former !== null && former.key === key && Date.now() - former.at < rememberedMs;
  if (isFresh && !again) return { kind: 'missing', why: `${former.why}; HOLDFAST_SHELL=electron tries again` };

  onProgress('Electron is not here yet; trying to get it …');
  const failure = await install(packageDir, workDir, options);
  const brought = failure === null ? findElectronProgram(env, packageDir) : null;
  if (brought !== null) {
    rmSync(memory, { force: true });
    return { kind: 'there', program: brought };
  }
  const why = failure ?? "Electron's installer brought no program";
  // A try that Ctrl-C ended says nothing about the network, so it is not remembered.
  if (why !== interrupted) await remember(memory, { key, at: Date.now(), why });
  return { kind: 'missing', why };
}

/** Electron's program when it is already on this machine; null when it would have to be downloaded. */
export function findElectronProgram(env: NodeJS.ProcessEnv, packageDir: string = defaultPackage): string | null {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  try {
    const name = readIfThere(path.join(packageDir, 'path.txt')) ?? (override === undefined ? null : 'electron');
    if (name === null) return null;
    const program = path.join(override ?? path.join(packageDir, 'dist'), name);
    return statSync(program).isFile() ? program : null;
  } catch {
    return null;
  }
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** A failed try counts for its version, platform and mirror alone. */
function keyOf(packageDir: string, env: NodeJS.ProcessEnv): string {
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const settings = Object.entries(env).filter(([name]) => /electron|proxy/i.test(name));
  const parts = [version, process.platform, process.arch, ...settings.map((setting) => setting.join('=')).toSorted()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Runs the package's installer; null when it succeeded, else why it failed. */
async function install(
  packageDir: string,
  workDir: string,
  { env, onProgress, silenceMs = defaultSilenceMs }: FindElectronOptions,
): Promise<string | null> {
  const downloads = path.join(workDir, `download.${process.pid}`);
  rmSync(downloads, { recursive: true, force: true });
  mkdirSync(downloads, { recursive: true });
  // The size of this folder shows how much the installer has downloaded, whatever the mirror.
  const ownTemporary = { TMPDIR: downloads, TEMP: downloads, TMP: downloads, ELECTRON_GET_NO_PROGRESS: '1' };
  const child = spawn(process.execPath, [path.join(packageDir, 'install.js')], {
    env: { ...env, ...ownTemporary },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));

  let bytes = 0;
  let quietSince = performance.now();
  let saidMegabytes = 0;
  let isSilent = false;
  const watch = setInterval(() => {
    const now = sizeOf(downloads);
    if (now > bytes) quietSince = performance.now();
    bytes = Math.max(bytes, now);
    const megabytes = Math.floor(bytes / 20_000_000) * 20;
    if (megabytes > saidMegabytes) onProgress(`Electron: ${megabytes} MB so far`);
    saidMegabytes = Math.max(saidMegabytes, megabytes);
    if (performance.now() - quietSince < silenceMs) return;
    isSilent = true;
    child.kill('SIGKILL');
  }, pollMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', resolve);
  });
  clearInterval(watch);
  rmSync(downloads, { recursive: true, force: true });
  if (code === 0) return null;
  if (code === null && !isSilent) return interrupted;
  if (isSilent) return `Electron could not be downloaded: nothing came for ${Math.round(silenceMs / 1000)} s`;
  return `Electron could not be downloaded: ${reasonIn(errors.join(''))}`;
}

function sizeOf(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
  } catch {
    // The installer has just moved the file to its final place.
    return 0;
  }
}

/** The first line of the installer's error, without the error's class. */
function reasonIn(stack: string): string {
  const [first = 'no reason was given'] = stack.split('\n').filter((line) => line.trim() !== '');
  const reason = first.replace(/^\w*Error: /, '').trim();
  return reason === 'fetch failed' ? 'no connection to where it is kept' : reason;
}

async function readFailedTry(file: string): Promise<z.infer<typeof failedTry> | null> {
  try {
    return failedTry.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

async function remember(file: string, failed: z.infer<typeof failedTry>): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(failed));
  } catch {
    // When the folder cannot be written, the next start waits again, and nothing else is lost.
  }
}
