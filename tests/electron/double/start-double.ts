import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';

import type { Circumstances, Told } from './machine.ts';
import type { Answered, Asked, Deeds } from './obey-hand.ts';

const register = new URL('register.ts', import.meta.url).href;

export interface DoubleOptions {
  /** The built main bundle. */
  readonly main: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly circumstances?: Partial<Circumstances>;
}

export interface RunningDouble {
  readonly pid: number;
  /** What the double has told so far. */
  readonly told: readonly Told[];
  /** The address for another client of the app's Chromium. */
  endpoint(): string;
  /** Console errors and uncaught exceptions of the app's page so far. */
  faults(): readonly string[];
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Resolves with the line that main printed. Rejects where main ends before. */
  until(line: string): Promise<void>;
  ask<D extends keyof Deeds>(deed: D, ...args: Parameters<Deeds[D]>): Promise<Awaited<ReturnType<Deeds[D]>>>;
  /** The exit code; null where a signal ended the app. */
  readonly ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Ends the app and its Chromium, whatever state they are in. */
  stop(): Promise<void>;
}

/** Runs the built main bundle with the double in the place of Electron, in a process of its own. */
export function startDouble({ main, args, env = {}, circumstances = {} }: DoubleOptions): RunningDouble {
  const child = fork(main, args, {
    execArgv: ['--import', register, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, DOUBLE_CIRCUMSTANCES: JSON.stringify(circumstances), ...env },
  });
  const told: Told[] = [];
  const stdout: string[] = [];
  const stderr: string[] = [];
  const answers = new Map<number, PromiseWithResolvers<unknown>>();
  const awaited = new Map<string, PromiseWithResolvers<void>>();
  let lastId = 0;

  child.on('message', (message: Told | Answered) => {
    if ('tell' in message) {
      told.push(message);
      return;
    }
    const answer = answers.get(message.id);
    answers.delete(message.id);
    if (message.error === undefined) answer?.resolve(message.value);
    else answer?.reject(new Error(message.error));
  });
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      stdout.push(line);
      awaited.get(line)?.resolve();
    });
  }
  if (child.stderr) createInterface(child.stderr).on('line', (line) => stderr.push(line));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      const error = new Error(`the app ended (${code}): ${stderr.join('\n')}`);
      for (const each of [...answers.values(), ...awaited.values()]) each.reject(error);
      resolve(code);
    });
  });

  return {
    pid: child.pid ?? 0,
    told,
    endpoint: () => told.find((each) => each.tell === 'chromium')?.endpoint ?? '',
    faults: () => told.flatMap((each) => (each.tell === 'fault' ? [each.text] : [])),
    stdout,
    stderr,
    until(line) {
      if (stdout.includes(line)) return Promise.resolve();
      const waiting = awaited.get(line) ?? Promise.withResolvers<void>();
      awaited.set(line, waiting);
      return waiting.promise;
    },
    ask(deed, ...asked) {
      lastId += 1;
      const answer = Promise.withResolvers<unknown>();
      answers.set(lastId, answer);
      child.send({ ask: deed, id: lastId, args: asked } satisfies Asked);
      return answer.promise as never;
    },
    ended,
    signal: (signal) => child.kill(signal),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
      const chromium = told.find((each) => each.tell === 'chromium');
      if (chromium) killGroup(chromium.pid);
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Chromium ended with its app.
  }
}
