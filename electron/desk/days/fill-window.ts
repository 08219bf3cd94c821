import type { Site } from '../../../core/calendar/calendar.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { addDays, dateAt } from '../../../core/domain/time/zoned.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskEvents } from '../events/page-events.ts';
import type { Signals } from '../events/signals.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadHeldStretches } from '../store/held-days.ts';
import type { Following } from '../sync/live-sync.ts';
import type { DayOfSite, DayReader } from './read-days.ts';

/** Which days a desk holds beforehand, around today at its site. */
export interface DayWindow {
  readonly daysBack: number;
  readonly daysAhead: number;
}

export const defaultWindow: DayWindow = { daysBack: 1, daysAhead: 14 };

/** Days that are asked for at once: two are on their way while another is written down. */
const atOnce = 3;

export interface WindowFiller {
  /** Reads whatever of the window, and of the days that are held, is missing or no longer as it was read. */
  fill(): Promise<void>;
}

export interface WindowFillerOptions {
  readonly store: Store;
  readonly signals: Signals;
  readonly events: DeskEvents;
  readonly status: StatusKeeper;
  readonly clock: DeskClock;
  readonly reader: DayReader;
  readonly window: DayWindow;
  readonly following: () => Following | null;
  readonly seesPatients: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

/** The dates of a window, today first, then what comes, then what was. */
export function windowDates(today: string, { daysBack, daysAhead }: DayWindow): string[] {
  const ahead = Array.from({ length: daysAhead + 1 }, (_, days) => addDays(today, days));
  const back = Array.from({ length: daysBack }, (_, days) => addDays(today, -1 - days));
  return [...ahead, ...back];
}

export function todayAt(site: Pick<Site, 'timeZone'>, clock: DeskClock): string {
  return dateAt(quarterDuring(clock.instant()), site.timeZone);
}

/**
 * Fills the window of days, one after the other, today first. What is held already is not read again, so that after a crash
 * or without a network it goes on where it was; a day that cannot be read now is left to the next time.
 */
export function openWindowFiller(options: WindowFillerOptions): WindowFiller {
  const { store, signals, events, status, clock, reader, window, following, seesPatients, onFailure } = options;
  let filling: Promise<void> | null = null;
  let again = false;

  function missing({ orgId, home }: Following): DayOfSite[] {
    const held = loadHeldStretches(store, orgId);
    const lacksPatients = seesPatients();
    const stale = held.filter((day) => day.stale > 0 || (lacksPatients && !day.withPatients));
    const keyOf = ({ siteId, date }: DayOfSite) => `${siteId} ${date}`;
    const heldKeys = new Set(held.map(keyOf));
    const wanted = home ? windowDates(todayAt(home, clock), window).map((date) => ({ siteId: home.siteId, date })) : [];
    const order = new Map(wanted.map((day, at) => [keyOf(day), at]));
    const absent = wanted.filter((day) => !heldKeys.has(keyOf(day)));
    const place = (day: DayOfSite) => order.get(keyOf(day)) ?? order.size;
    return [...absent, ...stale.map(({ siteId, date }) => ({ siteId, date }))].toSorted((a, b) => place(a) - place(b));
  }

  async function fillOnce(): Promise<void> {
    const followed = following();
    if (!followed) return;
    const queue = missing(followed);
    if (queue.length === 0) return;
    const of = queue.length;
    let done = 0;
    let isThere = true;
    // A single day that went stale is not worth a word.
    const tell = () => of > 1 && status.change({ reading: { done, of } });
    tell();
    // The first day, which somebody may be waiting for, has the line to itself.
    const firstIsHere = Promise.withResolvers<void>();
    const worker = async () => {
      for (let day = queue.shift(); day && isThere && following() === followed; day = queue.shift()) {
        const reply = await reader.read(followed.orgId, day, firstIsHere.resolve);
        firstIsHere.resolve();
        if (reply.kind === 'unreachable') isThere = false;
        if (reply.kind === 'problem' && reply.problem.code === 'unauthenticated') isThere = false;
        if (reply.kind !== 'answer') continue;
        done += 1;
        tell();
        events.emit({ type: 'days-changed', siteId: day.siteId, dates: [day.date] });
      }
    };
    try {
      await Promise.all([worker(), ...Array.from({ length: atOnce - 1 }, () => firstIsHere.promise.then(worker))]);
    } finally {
      status.change({ reading: null });
    }
    if (done > 0) signals.emit('window-filled');
  }

  async function fillUntilQuiet(): Promise<void> {
    try {
      while (again) {
        again = false;
        await fillOnce();
      }
    } catch (error) {
      onFailure(error);
    }
    filling = null;
  }

  function fill(): Promise<void> {
    again = true;
    filling ??= fillUntilQuiet();
    return filling;
  }

  signals.on('online', () => void fill());
  signals.on('following', () => void fill());
  signals.on('days-stale', () => void fill());
  return { fill };
}
