import type { Site } from '../../../core/calendar/calendar.ts';
import { daysHeldAhead, daysHeldBack } from '../../../core/domain/sync/desk-keeping.ts';
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

/** The days that a desk holds beforehand, counted from today in the zone of its home site. */
export interface DayWindow {
  readonly daysBack: number;
  readonly daysAhead: number;
}

export const defaultWindow: DayWindow = { daysBack: daysHeldBack, daysAhead: daysHeldAhead };

/** Days that are requested at once: two are on their way while the third is written to the disk. */
const atOnce = 3;

export interface WindowFiller {
  /**
   * Reads the days of the window that are not held, and the held days that are stale. Resolves when there is nothing left to
   * read now; never rejects.
   */
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

/** The dates of a window: today first, then the days ahead, then the days back. */
export function windowDates(today: string, { daysBack, daysAhead }: DayWindow): string[] {
  const ahead = Array.from({ length: daysAhead + 1 }, (_, days) => addDays(today, days));
  const back = Array.from({ length: daysBack }, (_, days) => addDays(today, -1 - days));
  return [...ahead, ...back];
}

/** Today's date in the zone of a site, by the desk's clock. */
export function todayAt(site: Pick<Site, 'timeZone'>, clock: DeskClock): string {
  return dateAt(quarterDuring(clock.instant()), site.timeZone);
}

/**
 * Fills the window of days, today first, when the server comes back, when the desk follows another organization, and when
 * days go stale. A day that is held and not stale is not read again, so filling goes on where a crash or the network ended
 * it. A day that cannot be read now is left to the next time.
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
    // A person need not hear of a single stale day.
    const tell = () => of > 1 && status.change({ reading: { done, of } });
    tell();
    // A person may wait for the first day, so it has the line to itself.
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
