import { setTimeout as pause } from 'node:timers/promises';

import type { Browser, Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';

import { buildRenderer } from '../../../../build/build-renderer.ts';
import type { TypedCommand } from '../../../../core/commands/list.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import { protocol } from '../../../../core/primitives/protocol.ts';
import type { RunningDesk } from '../../../../electron/desk/open-desk.ts';
import { quantile } from '../statistics.ts';
import { openFilledDesk } from './open-filled-desk.ts';
import { openPageDesk, type PageDesk } from './open-page-desk.ts';
import { openSilentDesks, type SilentDesks } from './silent-desks.ts';
import type { SyncWorld } from './with-sync-world.ts';

export const paintedDesks = 2;
const warmUp = 10;
/** The pause between two changes, so that each is a poke of its own. */
const pauseMs = 400;

export interface SpreadRuns {
  /** Milliseconds from the call that sends a booking until each other desk has it: painted, or in its store. */
  readonly painted: readonly number[];
  readonly silent: readonly number[];
  /** Milliseconds until the sending desk is told that its booking is done. */
  readonly sender: readonly number[];
  readonly silentDesks: number;
  readonly changes: number;
  /** The server's statements for each change, by their purpose: with the painted desks alone, and with all desks. */
  readonly statements: { readonly few: StatementCounts; readonly many: StatementCounts };
}

/** The number of statements for each change, by their first words. */
export type StatementCounts = Readonly<Record<string, number>>;

interface Stage {
  readonly world: SyncWorld;
  readonly sender: RunningDesk;
  readonly pages: readonly Page[];
  readonly silent: SilentDesks;
}

/** One desk books again and again. Two pages in Chromium and many desks without a screen follow. */
export async function measureSpread(
  browser: Browser,
  world: SyncWorld,
  { desks, changes }: { readonly desks: number; readonly changes: number },
): Promise<SpreadRuns> {
  await buildRenderer();
  const opened: (Pick<PageDesk, 'close'> | RunningDesk | SilentDesks)[] = [];
  try {
    const { desk: sender } = await openFilledDesk(await world.deskOptions(await world.folder('sender')));
    opened.push(sender);
    const pages = [];
    for (let n = 0; n < paintedDesks; n++) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      opened.push(await openPageDesk(page, world));
      pages.push(page);
    }
    const book = bookings(world, sender);
    const none: SilentDesks = {
      count: 0,
      watch: async () => async () => [],
      expectHeld: async () => {},
      close: async () => {},
    };
    const few = await runChanges({ world, sender, pages, silent: none }, await book, changes);
    const silent = await openSilentDesks(world, desks);
    opened.push(silent);
    const many = await runChanges({ world, sender, pages, silent }, await book, changes);
    await silent.expectHeld(many.appointmentIds);
    const [painted, rest] = [quantile(many.painted, 0.95), quantile(many.silent, 0.95)];
    process.stderr.write(`  spread, p95: painted ${painted.toFixed(0)} ms, without a screen ${rest.toFixed(0)} ms\n`);
    return {
      painted: many.painted,
      silent: many.silent,
      sender: many.sender,
      silentDesks: desks,
      changes,
      statements: { few: few.statements, many: many.statements },
    };
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

async function runChanges({ world, sender, pages, silent }: Stage, next: () => TypedCommand, changes: number) {
  const offsets = await Promise.all(pages.map(clockOffset));
  const times = { painted: [] as number[], silent: [] as number[], sender: [] as number[] };
  const appointmentIds: string[] = [];
  for (let n = -warmUp; n < changes; n++) {
    if (n === 0) await world.statements();
    const typed = next();
    const { appointmentId } = typed.command.body as { appointmentId: string };
    const watched = await Promise.all(pages.map((page) => watchFor(page, appointmentId)));
    const silentAt = await silent.watch();
    const startedAt = performance.now();
    const answer = await sender.call('send', typed);
    const doneMs = performance.now() - startedAt;
    if (!answer.ok || answer.value.kind !== 'done') throw new Error(`the booking came to ${JSON.stringify(answer)}`);
    const paintedMs = (await Promise.all(watched.map((one) => one.evaluate(({ painted }) => painted)))).map(
      (at, page) => at - (offsets[page] ?? 0) - startedAt,
    );
    // `performance.now` and hrtime are one clock, counted from two different moments.
    const beginning = Number(process.hrtime.bigint()) / 1e6 - performance.now();
    const silentMs = (await silentAt()).map((at) => at - beginning - startedAt);
    await pause(pauseMs);
    if (n < 0) continue;
    appointmentIds.push(appointmentId);
    times.painted.push(...paintedMs);
    times.silent.push(...silentMs);
    times.sender.push(doneMs);
  }
  const counted = Object.entries(await world.statements()).map(([text, count]) => [text, count / changes]);
  return { ...times, appointmentIds, statements: Object.fromEntries(counted) as StatementCounts };
}

/** Commands that book the day's free quarters, each for a patient whose visits are on another day. */
async function bookings({ clinic }: SyncWorld, desk: RunningDesk): Promise<() => TypedCommand> {
  const described = await desk.call('describe', {});
  const person = described.ok ? described.value.person : null;
  if (!described.ok || !person) throw new Error('nobody is signed in');
  const { deskId } = described.value;
  const thatDay = new Set(clinic.visits.map(({ patientId }) => patientId));
  const patients = clinic.patients.filter((patientId) => !thatDay.has(patientId));
  let n = 0;
  return () => {
    const providerId = clinic.providers[n % clinic.providers.length] ?? '';
    const start = clinic.free.get(providerId)?.[Math.floor(n / clinic.providers.length)];
    const patientId = patients[n % patients.length];
    n += 1;
    if (start === undefined || patientId === undefined) throw new Error('the day is full');
    return {
      type: 'book',
      command: {
        commandId: uuidv7(),
        actorId: person.userId,
        deskId,
        madeAt: new Date().toISOString(),
        protocol,
        body: {
          appointmentId: uuidv7(),
          siteId: clinic.siteId,
          patientId,
          serviceId: clinic.services.plain,
          providerId,
          scheduledStart: instantOf(start),
          durationMinutes: 15,
        },
      },
    };
  };
}

/** The moment when the frame that first shows a visit was painted, by the page's clock. */
async function watchFor(page: Page, appointmentId: string) {
  return page.evaluateHandle((id) => {
    const painted = new Promise<number>((resolve) => {
      const look = () => {
        if (!document.querySelector(`[data-visit="${id}"]`)) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now()), { once: true });
          port1.start();
          port2.postMessage(null);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true });
    });
    return { painted };
  }, appointmentId);
}

/** How far a page's clock is ahead of ours. Of many samples the one with the fastest answer is the most exact. */
async function clockOffset(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 };
  for (let n = 0; n < 30; n++) {
    const askedAt = performance.now();
    const there = await page.evaluate(() => performance.now());
    const took = performance.now() - askedAt;
    if (took < best.took) best = { took, offset: there - (askedAt + took / 2) };
  }
  return best.offset;
}
