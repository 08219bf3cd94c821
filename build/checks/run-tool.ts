import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');
const binDir = path.join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${binDir}${path.delimiter}${process.env['PATH'] ?? ''}` };

export interface ToolOptions {
  /** Returns stdout instead of showing it. */
  capture?: boolean;
  /** The folder that the tool runs in; the project's root without one. */
  cwd?: string;
  env?: Record<string, string>;
  /** Ends the tool after this many seconds; the tool then counts as failed. */
  timeoutSeconds?: number;
}

/** Runs a program of node_modules/.bin, or of the PATH, on this Node. */
export async function runTool(
  program: string,
  args: string[],
  options: ToolOptions = {},
): Promise<{ code: number; stdout: string }> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...env, ...options.env },
    stdio: ['ignore', options.capture ? 'pipe' : 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    timeout: (options.timeoutSeconds ?? 0) * 1000,
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, stdout: Buffer.concat(chunks).toString('utf8') };
}
