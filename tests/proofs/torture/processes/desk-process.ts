import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';

import type { DeskAnswer, DeskCall, DeskEvent, DeskInput } from '../../../../core/contract/desk/calls.ts';
import type { DeskStart, FromDesk, ToDesk } from './messages.ts';

/** The desk was killed before it answered, so the result of the call is unknown. */
export class DeskGone extends Error {
  constructor() {
    super('the desk was killed before it answered');
    this.name = 'DeskGone';
  }
}

/** Swallows a {@link DeskGone}: the killed desk promised nothing, and the command may have happened or not. */
export function ignoreDeskGone(error: unknown): void {
  if (!(error instanceof DeskGone)) throw error;
}

export interface DeskProcess {
  readonly name: string;
  isUp(): boolean;
  /** Starts the desk on its own folder. Resolves when the desk takes calls. */
  start(): Promise<void>;
  /** Sends SIGKILL. Resolves when the process is gone. Calls under way reject with {@link DeskGone}. */
  kill(): Promise<void>;
  /** Resolves when the process is gone, with the signal that ended it. */
  gone(): Promise<string | null>;
  /** Rejects with {@link DeskGone}. `at` is the moment when the desk answered. */
  call<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<{ answer: DeskAnswer<C>; at: number }>;
}

export interface DeskProcessOptions extends DeskStart {
  readonly name: string;
  /** The file with what the desk prints. It stays empty while all is well. */
  readonly logFile: string;
  readonly onEvent: (event: DeskEvent, at: number) => void;
}

interface UnderWay {
  readonly resolve: (answered: { answer: DeskAnswer<DeskCall>; at: number }) => void;
  readonly reject: (error: Error) => void;
}

const script = path.join(import.meta.dirname, 'desk-in-child.ts');

export function makeDeskProcess(options: DeskProcessOptions): DeskProcess {
  const { name, serverUrl, dataDir, logFile, onEvent, dies, pairingCode } = options;
  const begin: DeskStart = { serverUrl, dataDir, dies, pairingCode };
  const underWay = new Map<number, UnderWay>();
  let child: ChildProcess | null = null;
  let exited: Promise<string | null> = Promise.resolve(null);
  let calls = 0;

  return {
    name,
    isUp: () => child !== null,
    async start() {
      const log = openSync(logFile, 'a');
      const started = fork(script, [JSON.stringify(begin)], {
        stdio: ['ignore', log, log, 'ipc'],
        serialization: 'json',
      });
      closeSync(log);
      const ready = Promise.withResolvers<void>();
      exited = new Promise((resolve) => {
        started.once('exit', (code, signal) => {
          child = null;
          for (const { reject } of underWay.values()) reject(new DeskGone());
          underWay.clear();
          if (signal === 'SIGKILL') ready.resolve();
          ready.reject(new Error(`${name} ended before it was ready (${code ?? signal}); see ${logFile}`));
          if (signal !== 'SIGKILL')
            process.stderr.write(`  ${name} ended by itself (${code ?? signal}); see ${logFile}\n`);
          resolve(signal);
        });
      });
      started.on('message', (message: FromDesk) => {
        if (message.kind === 'ready') ready.resolve();
        else if (message.kind === 'event') onEvent(message.event, message.at);
        else {
          underWay.get(message.number)?.resolve(message);
          underWay.delete(message.number);
        }
      });
      child = started;
      await ready.promise;
    },
    async kill() {
      child?.kill('SIGKILL');
      await exited;
    },
    gone: () => exited,
    call<C extends DeskCall>(call: C, input: DeskInput<C>) {
      const { promise, resolve, reject } = Promise.withResolvers<{ answer: DeskAnswer<DeskCall>; at: number }>();
      const number = (calls += 1);
      if (child === null) return Promise.reject(new DeskGone());
      underWay.set(number, { resolve, reject });
      child.send({ call, input, number } satisfies ToDesk, (error) => {
        if (error) reject(new DeskGone());
      });
      return promise as Promise<{ answer: DeskAnswer<C>; at: number }>;
    },
  };
}
