import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import type { DeskAnswer, DeskCall, DeskEvent, DeskInput, DeskOutput } from '../../../core/contract/desk/calls.ts';
import type { FromShell } from '../../../electron/browser/socket-messages.ts';
import { writePage } from '../blank-page.ts';
import { childrenOf } from '../processes.ts';

const child = path.join(import.meta.dirname, 'shell-in-child.ts');

/** A desk in a process of its own. The test speaks to it as a page does. */
export interface DeskProcess {
  readonly pid: number;
  readonly dataDir: string;
  readonly events: readonly DeskEvent[];
  readonly lines: readonly string[];
  call<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<DeskAnswer<C>>;
  /** Calls the desk and returns the value. Throws where the answer is a problem. */
  must<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<DeskOutput<C>>;
  /** The processes that host the desk's server: one, or none while it is started again. */
  hosts(): number[];
  /** The process that hosts the desk's server. Throws where there is none: a kill of process 0 would end the test's own group. */
  host(): number;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<unknown>;
}

/** Starts a desk on a folder. The desk ends with the test, whatever it is doing. */
export async function startDeskProcess(folder: string): Promise<DeskProcess> {
  const rendererDir = await writePage(folder);
  const dataDir = path.join(folder, 'desk');
  const desk = spawn(process.execPath, [child, dataDir, rendererDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(desk, 'exit');
  const lines: string[] = [];
  createInterface(desk.stderr).on('line', (line) => lines.push(line));
  onTestFinished(async () => {
    desk.kill();
    await ended;
  });
  const [url] = (await Promise.race([
    once(createInterface(desk.stdout), 'line'),
    ended.then(() => Promise.reject(new Error(`the desk ended: ${lines.join('\n')}`))),
  ])) as [string];
  const events: DeskEvent[] = [];
  const hosts = () => childrenOf(desk.pid ?? 0, 'hosted-server');
  const call = await enter(url, (event) => events.push(event));
  return {
    pid: desk.pid ?? 0,
    dataDir,
    events,
    lines,
    call,
    async must(name, input) {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.problem.code}, ${answer.problem.detail}`);
      return answer.value;
    },
    hosts,
    host() {
      const [host] = hosts();
      if (host === undefined) throw new Error('no process hosts the server of this desk');
      return host;
    },
    signal: (signal) => desk.kill(signal),
    ended,
  };
}

/** Enters as a page does: exchanges the link's token for a cookie, and opens a socket. */
async function enter(url: string, onEvent: (event: DeskEvent) => void): Promise<DeskProcess['call']> {
  const { origin, host } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/desk-socket`, { headers: { cookie, origin } });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const waiting = new Map<number, (answer: never) => void>();
  socket.on('error', () => {});
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as FromShell;
    if ('event' in message) onEvent(message.event);
    else waiting.get(message.id)?.(('answer' in message ? message.answer : message) as never);
  });
  let lastId = 0;
  return (name, input) =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      socket.send(JSON.stringify({ id: lastId, call: name, input }));
    });
}

/** The text on the disk of what the desk keeps of its setup. */
export const readKept = (dataDir: string): Promise<string> => readFile(path.join(dataDir, 'desk.json'), 'utf8');

export async function postmasterOf(dataDir: string, clinic: 'clinic' | 'demo-clinic'): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, clinic, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}
