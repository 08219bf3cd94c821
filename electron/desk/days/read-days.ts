import type { DayView } from '../../../core/calendar/calendar.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { Reply } from '../line/reply.ts';
import type { DeskServer } from '../line/server.ts';
import { loadStale } from '../store/stale-days.ts';
import { keepDay } from './keep-day.ts';

export interface DayOfSite {
  readonly siteId: string;
  readonly date: string;
}

export interface DayReader {
  /**
   * Reads a day from the server and holds it; several who ask at once share one answer. `onAnswered` is called when the day
   * is here and about to be written down, unless somebody else's question brought it.
   */
  read(orgId: string, day: DayOfSite, onAnswered?: () => void): Promise<Reply<null>>;
}

export interface DayReaderOptions {
  readonly store: Store;
  readonly server: DeskServer;
  readonly clock: DeskClock;
  readonly hooks: DeskHooks;
  readonly timers: DeskTimers;
  /** Whether the server gives patients to whom it is asked for. */
  readonly seesPatients: () => boolean;
  /** Pulls the feed, which says what is to be read anew. */
  readonly pull: () => Promise<unknown>;
}

export function openDayReader(options: DayReaderOptions): DayReader {
  const { store, server, clock, hooks, timers, seesPatients, pull } = options;
  const underWay = new Map<string, Promise<Reply<null>>>();
  let last: Promise<unknown> = Promise.resolve();

  /** One day is written down at a time: several at once would keep the page's calls waiting for a part of each. */
  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const written = last.then(() => timers.nextTurn()).then(write);
    last = written.catch(() => undefined);
    return written;
  }

  async function readOnce(
    orgId: string,
    day: DayOfSite,
    onAnswered?: () => void,
  ): Promise<Reply<null> | 'other-history'> {
    const staleBefore = loadStale(store, orgId, day.siteId, day.date);
    const withPatients = seesPatients();
    const confirmedAt = clock.instant();
    const reply: Reply<DayView> = await server.ask((client, callOptions) =>
      client.calendar.day({ ...day }, callOptions),
    );
    if (reply.kind !== 'answer') return reply;
    onAnswered?.();
    const kept = await inTurn(() =>
      keepDay(store, orgId, reply.value, { staleBefore, withPatients, confirmedAt }, hooks, timers),
    );
    if (kept === 'other-history') return kept;
    return kept === 'kept' ? { kind: 'answer', value: null } : { kind: 'unintelligible' };
  }

  async function read(orgId: string, day: DayOfSite, onAnswered?: () => void): Promise<Reply<null>> {
    const first = await readOnce(orgId, day, onAnswered);
    if (first !== 'other-history') return first;
    await pull();
    const second = await readOnce(orgId, day);
    return second === 'other-history' ? { kind: 'unintelligible' } : second;
  }

  return {
    read(orgId, day, onAnswered) {
      const key = `${orgId} ${day.siteId} ${day.date}`;
      const reading = underWay.get(key) ?? read(orgId, day, onAnswered).finally(() => underWay.delete(key));
      underWay.set(key, reading);
      return reading;
    },
  };
}
