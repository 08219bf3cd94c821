import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished } from 'vitest';

import type { DeskEvent } from '../../core/contract/desk/calls.ts';
import { keyFile } from '../../electron/browser/key-file.ts';
import type { DeskClock } from '../../electron/desk/environment/clock.ts';
import { openDesk, type RunningDesk } from '../../electron/desk/open-desk.ts';
import type { DeskOptions } from '../../electron/desk/options.ts';
import { startStandIn, type StandIn } from './stand-in-server.ts';

/** Shorter waits than those of a person's desk. Nothing depends on their length. */
export const quickTiming = {
  firstContactMs: 0,
  requestLimitMs: 5_000,
  answerLimitMs: 5_000,
  push: { firstMs: 10, maxMs: 50 },
  reconnect: { firstMs: 10, maxMs: 50 },
  withheld: { firstMs: 10, maxMs: 20 },
  pollMs: 60_000,
};

/** A PC whose clock shows the morning of the test's day, and goes on from there. */
export function clockAt(instant: string): DeskClock {
  const begun = performance.now();
  const from = Temporal.Instant.from(instant);
  return {
    instant: () => from.add({ milliseconds: Math.round(performance.now() - begun) }).toString(),
    monotonicMs: () => performance.now(),
  };
}

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

/** The states of the connection that the desk told, one for each change. */
export function connectionsIn(events: readonly DeskEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'status' ? event.status.connection : []));
}

/** Waits until a desk has what the server has: it has read the feed and the window of days. */
export async function untilCaughtUp(desk: RunningDesk): Promise<void> {
  await expect
    .poll(() => desk.call('readStatus', {}), { timeout: 4_000 })
    .toMatchObject({ value: { connection: 'online', caughtUpAt: expect.any(String) as string, reading: null } });
}

export interface DeskOfTest {
  readonly desk: RunningDesk;
  readonly events: DeskEvent[];
}

/** Opens a desk that is closed after the test, and collects its events. */
export function scratchDesk(options: Omit<DeskOptions, 'keys'>): DeskOfTest {
  const desk = openDesk({
    keys: keyFile,
    timing: quickTiming,
    clock: clockAt('2026-11-23T07:00:00Z'),
    window: { daysBack: 0, daysAhead: 0 },
    ...options,
  });
  const events: DeskEvent[] = [];
  desk.listen((event) => events.push(event));
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= desk.close());
  onTestFinished(close);
  return { desk: { ...desk, close }, events };
}

/** A desk at which a person has signed in, and which has read everything that its server has. */
export async function signedInDesk(given?: StandIn) {
  const server = given ?? (await scratchServer());
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir });
  await opened.desk.call('signIn', credentials);
  await expect.poll(() => server.listeners()).toBe(1);
  await untilCaughtUp(opened.desk);
  return { server, dataDir, ...opened };
}

export async function readDay(desk: RunningDesk, day: { readonly siteId: string; readonly date: string }) {
  const answer = await desk.call('readDay', day);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}
