import type { Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';

import { buildRenderer } from '../../../../build/build-renderer.ts';
import type { TypedCommand } from '../../../../core/commands/list.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import { protocol } from '../../../../core/primitives/protocol.ts';
import { openLink } from '../../../e2e/network-link.ts';
import { mainThreadOf, traceCategories, type Longest } from '../calendar/main-thread.ts';
import { signInDesk } from '../desk-client.ts';
import { password, type PlacedVisit, type SyncClinic } from './make-sync-clinic.ts';
import { openPageDesk, type PageDesk } from './open-page-desk.ts';
import { openOwnWindow } from './own-window.ts';
import type { SyncWorld } from './with-sync-world.ts';

export interface ReconnectRun {
  readonly commands: number;
  /** The number of bookings by others meanwhile, and how many of them took a slot that was booked offline. */
  readonly others: number;
  readonly clashes: number;
  readonly refused: number;
  /** From the mended line until no command waits any more, by the page's events and clock. */
  readonly decidedMs: number;
  /** The page's tasks of 50 ms and more, from the mended line until four seconds after the last verdict, in milliseconds. */
  readonly longTasks: readonly number[];
  readonly longest: Longest;
  /** The slowest answer of the desk to the page, which asks ten times a second. */
  readonly slowestAnswerMs: number;
}

const hoursOffline = 8;

/** A long day offline at a desk with a page, while the other desks go on. Then the line is mended. */
export async function measureReconnect(world: SyncWorld, commands: number): Promise<ReconnectRun> {
  await buildRenderer();
  const link = await openLink(world.serverUrl);
  const window = await openOwnWindow(await world.folder('profile'));
  const { page } = window;
  let desk: PageDesk | null = null;
  try {
    desk = await openPageDesk(page, world, link.url);
    const plan = planDay(world.clinic, commands);
    link.cut();
    await page.getByRole('button', { name: /^Connection: Offline/ }).waitFor();
    await checkInByHand(page, plan.checkIns);
    await sendFromPage(page, world.clinic, plan);
    await page.getByText(`${commands} waiting`, { exact: true }).waitFor({ timeout: 60_000 });
    await othersGoOn(world, plan);

    await page.evaluate(prepareWatch);
    await window.letGo();
    let watched: Watched | null = null;
    const trace = await window.trace(traceCategories, async () => {
      await window.evaluate('watch.begin()');
      link.mend();
      watched = await window.evaluate<Watched>('watch.seen');
    });
    if (!watched) throw new Error('the page saw nothing');
    const seen: Watched = watched;
    const longest = mainThreadOf(trace).longestBetween('line mended', 'all decided');
    process.stderr.write(
      `  reconnect: decided in ${seen.decidedMs.toFixed(0)} ms, longest task ${longest.milliseconds.toFixed(0)} ms\n`,
    );
    return { commands, others: plan.others.length, clashes: plan.clashes, ...seen, longest };
  } finally {
    window.close();
    await desk?.close();
    await link.close();
  }
}

interface Slot {
  readonly providerId: string;
  readonly start: number;
  readonly patientId: string;
}

interface Plan {
  readonly checkIns: readonly PlacedVisit[];
  readonly books: readonly Slot[];
  readonly moves: readonly (PlacedVisit & { readonly to: number })[];
  readonly cancels: readonly PlacedVisit[];
  /** The bookings of others. The first of them take slots of `books`. */
  readonly others: readonly Slot[];
  readonly clashes: number;
}

/** Half are check-ins, a quarter bookings, the rest moves and cancellations. One booking in five loses its slot to others. */
function planDay(clinic: SyncClinic, commands: number): Plan {
  const count = { checkIns: commands >> 1, books: commands >> 2, moves: commands >> 3 };
  const visits = [...clinic.visits];
  const take = (many: number) => visits.splice(0, many);
  const checkIns = take(count.checkIns);
  const moving = take(count.moves);
  const cancels = take(commands - count.checkIns - count.books - count.moves);
  const thatDay = new Set(clinic.visits.map(({ patientId }) => patientId));
  const patients = clinic.patients.filter((patientId) => !thatDay.has(patientId)).toReversed();
  const free = new Map([...clinic.free].map(([providerId, starts]) => [providerId, starts.toReversed()]));
  const nextOf = (providerId: string, patientId: string): Slot => {
    const start = free.get(providerId)?.shift();
    if (start === undefined) throw new Error('the day is full');
    return { providerId, start, patientId };
  };
  const slots = (many: number) =>
    Array.from({ length: many }, (_, n) =>
      nextOf(clinic.providers[n % clinic.providers.length] ?? '', patients.pop() ?? ''),
    );
  const books = slots(count.books);
  const moves = moving.map((visit) => ({ ...visit, to: nextOf(visit.providerId, visit.patientId).start }));
  const clashes = Math.floor(count.books / 5);
  const taken = books.slice(0, clashes).map((slot) => ({ ...slot, patientId: patients.pop() ?? '' }));
  return { checkIns, books, moves, cancels, others: [...taken, ...slots(commands - clashes)], clashes };
}

/** Clicks the button on each card, so that the page shows these commands as its own pending ones. */
async function checkInByHand(page: Page, visits: readonly PlacedVisit[]): Promise<void> {
  await page.evaluate(
    async (ids) => {
      for (const id of ids) {
        const button = document.querySelector<HTMLElement>(`[data-visit="${id}"] [data-action="arrive"]`);
        if (!button) throw new Error('a visit cannot be checked in');
        button.click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    visits.map(({ appointmentId }) => appointmentId),
  );
}

async function sendFromPage(page: Page, clinic: SyncClinic, { books, moves, cancels }: Plan): Promise<void> {
  const described = await page.evaluate(() => window.desk?.call('describe', {}));
  if (!described?.ok) throw new Error('the desk does not say who it is');
  const { deskId } = described.value;
  const total = books.length + moves.length + cancels.length;
  let made = 0;
  const envelope = () => ({
    commandId: uuidv7(),
    actorId: clinic.userId,
    deskId,
    madeAt: new Date(Date.now() - hoursOffline * 3_600_000 * (1 - made++ / total)).toISOString(),
    protocol,
  });
  const all: TypedCommand[] = [
    ...books.map((slot) => ({ type: 'book', command: { ...envelope(), body: bookBody(clinic, slot) } }) as const),
    ...moves.map(
      ({ appointmentId, to }) =>
        ({
          type: 'move',
          command: {
            ...envelope(),
            precondition: { version: 1 },
            body: { appointmentId, scheduledStart: instantOf(to) },
          },
        }) as const,
    ),
    ...cancels.map(
      ({ appointmentId }) => ({ type: 'cancel', command: { ...envelope(), body: { appointmentId } } }) as const,
    ),
  ];
  const fates = await page.evaluate(async (given) => {
    const kinds: string[] = [];
    for (const typed of given) {
      const answer = await window.desk?.call('send', typed);
      kinds.push(answer?.ok ? answer.value.kind : (answer?.problem.code ?? 'none'));
    }
    return kinds;
  }, all);
  const odd = fates.filter((kind) => kind !== 'waiting');
  if (odd.length > 0) throw new Error(`${odd.length} commands were not kept: ${[...new Set(odd)].join(', ')}`);
}

function bookBody(clinic: SyncClinic, { providerId, start, patientId }: Slot) {
  return {
    appointmentId: uuidv7(),
    siteId: clinic.siteId,
    patientId,
    serviceId: clinic.services.plain,
    providerId,
    scheduledStart: instantOf(start),
    durationMinutes: 15,
  };
}

async function othersGoOn({ clinic, serverUrl }: SyncWorld, { others }: Plan): Promise<void> {
  const other = await signInDesk(serverUrl, clinic.signInName, password, uuidv7());
  for (const slot of others) {
    const answer = await other.book(other.bookCommand(bookBody(clinic, slot)));
    if (answer.status !== 200) throw new Error(`another desk’s booking came to ${answer.status}`);
  }
}

/** The page's own view of the desk's return. */
type Watched = Pick<ReconnectRun, 'decidedMs' | 'longTasks' | 'slowestAnswerMs' | 'refused'>;

/** Marks beginning and end for the trace, records long tasks, and asks the desk for its status all the time. */
function prepareWatch(): void {
  const { desk } = window;
  if (!desk) throw new Error('there is no desk');
  const seen = Promise.withResolvers<Watched>();
  const begin = () => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let slowestAnswerMs = 0;
    const ask = async () => {
      const askedAt = performance.now();
      await desk.call('readStatus', {});
      slowestAnswerMs = Math.max(slowestAnswerMs, performance.now() - askedAt);
    };
    const asking = setInterval(() => void ask(), 100);
    const { startTime } = performance.mark('line mended');
    const end = async (decidedMs: number) => {
      // This watches on, and waits for nothing: most of the drawing comes after the last verdict, and counts as well.
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      performance.mark('all decided');
      clearInterval(asking);
      for (const { duration } of observer.takeRecords()) longTasks.push(duration);
      observer.disconnect();
      const undrawn = document.querySelectorAll('[data-visit][data-tone="provisional"]').length;
      if (undrawn > 0) seen.reject(new Error(`${undrawn} visits are still drawn as not confirmed`));
      const status = await desk.call('readStatus', {});
      seen.resolve({ decidedMs, longTasks, slowestAnswerMs, refused: status.ok ? status.value.refused : 0 });
    };
    const stop = desk.listen((event) => {
      if (event.type !== 'status' || event.status.connection !== 'online' || event.status.waiting > 0) return;
      stop();
      void end(performance.now() - startTime);
    });
  };
  Object.assign(window, { watch: { begin, seen: seen.promise } });
}
