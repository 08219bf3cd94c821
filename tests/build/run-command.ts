import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Runs `node build/bootstrap.mjs …` in a process group of its own, as a terminal does. `until` resolves with the first line
 * of stdout or stderr that matches, and rejects when the command ends before.
 */
export function runCommand(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, 'build', 'bootstrap.mjs'), ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const waiting: { pattern: RegExp; resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  for (const [stream, lines] of [
    [child.stdout, stdout],
    [child.stderr, stderr],
  ] as const) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      for (const each of waiting) if (each.pattern.test(line)) each.resolve(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.once('close', (code) => {
    const error = new Error(`ended with ${code}: ${[...stdout, ...stderr].slice(-3).join(' | ')}`);
    for (const each of waiting) each.reject(error);
  });
  const until = (pattern: RegExp): Promise<string> => {
    const seen = [...stdout, ...stderr].find((line) => pattern.test(line));
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => waiting.push({ pattern, resolve, reject }));
  };
  /** Signals every process of the group: SIGINT as Ctrl-C does, SIGKILL as `kill -9` of everything. */
  const signalAll = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, signal);
  };
  const killBootstrap = () => child.kill('SIGKILL');
  onTestFinished(async () => {
    signalAll('SIGTERM');
    await ended;
  });
  return { stdout, stderr, ended, until, signalAll, killBootstrap };
}
