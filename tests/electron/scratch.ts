import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import type { DeskEvent } from '../../core/contract/desk/calls.ts';
import { openDesk, type DeskOptions, type RunningDesk } from '../../electron/desk/open-desk.ts';
import { startStandIn, type StandIn } from './stand-in-server.ts';

/** Shorter waits than a person's desk has; nothing depends on how long they are. */
export const quickTiming = {
  requestLimitMs: 5_000,
  push: { firstMs: 10, mostMs: 50 },
  reconnect: { firstMs: 10, mostMs: 50 },
  withheld: { firstMs: 10, mostMs: 20 },
  pollMs: 60_000,
};

export const credentials = { username: 'rana', password: 'secret' };

export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-desk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function scratchServer(port = 0): Promise<StandIn> {
  const server = await startStandIn(port);
  onTestFinished(() => server.close());
  return server;
}

/** A desk that is closed after the test, and every event that it gave. */
export function scratchDesk(options: DeskOptions): { desk: RunningDesk; events: DeskEvent[] } {
  const desk = openDesk({ timing: quickTiming, ...options });
  const events: DeskEvent[] = [];
  desk.listen((event) => events.push(event));
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= desk.close());
  onTestFinished(close);
  return { desk: { ...desk, close }, events };
}
