import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { readyLine } from '../../electron/main/ready-line.ts';
import { buildDesk, mainFile } from './build-desk.ts';
import type { OpenDesk, OpenDeskOptions } from './opened-desk.ts';

/** A window that takes longer than this does not come. */
const patienceMs = 60_000;
/** Longer than the desk takes to close by itself. */
const closeMs = 12_000;

/** Electron started and ended before it showed a window. */
export class ElectronEndedError extends Error {
  override readonly name = 'ElectronEndedError';
}

/**
 * Opens the desk in the Electron shell, on the same store as the browser shell's.
 * @throws ElectronEndedError where no window comes: the machine lacks a library, a display, or a sandbox
 */
export async function openElectron(program: string, options: OpenDeskOptions): Promise<OpenDesk> {
  await buildDesk();
  const args = [
    mainFile,
    ...(options.given ? [`--server-url=${options.given.serverUrl}`] : []),
    `--data-dir=${path.join(options.dataDir, 'desk')}`,
    `--renderer-dir=${options.rendererDir}`,
    // As root Chromium refuses to start with a sandbox. Every other user keeps the sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = options.env;
  const code = options.given?.pairingCode ? { HOLDFAST_PAIRING_CODE: options.given.pairingCode } : {};
  const child = spawn(program, args, { env: { ...env, ...code }, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  try {
    await windowOf(child, ended);
  } catch (error) {
    await end(child, ended);
    throw error;
  }
  return {
    url: undefined,
    port: undefined,
    shell: `Electron shell; ${program}`,
    opened: true,
    closedByHand: ended,
    close: () => end(child, ended),
  };
}

async function windowOf(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const ready = Promise.withResolvers<void>();
  if (child.stdout) createInterface(child.stdout).on('line', (line) => line === readyLine && ready.resolve());
  const fail = (why: string) => ready.reject(new ElectronEndedError(why));
  void ended.finally(() => fail(`Electron ended (${child.exitCode ?? child.signalCode ?? 'not started'})`));
  const late = setTimeout(() => fail(`Electron showed no window in ${patienceMs / 1000} s`), patienceMs);
  try {
    await ready.promise;
  } finally {
    clearTimeout(late);
  }
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill();
  const kill = setTimeout(() => child.kill('SIGKILL'), closeMs);
  await ended;
  clearTimeout(kill);
}
