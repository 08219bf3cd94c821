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
   * Reads a day from the server and holds it. Callers who ask for the same day at once share one request. `onAnswered` is
   * called when the answer is here, before it is written; it is not called for a caller who shares another's request.
   */
  read(orgId: string, day: DayOfSite, onAnswered?: () => void): Promise<Reply<null>>;
}

export interface DayReaderOptions {
  readonly store: Store;
  readonly server: DeskServer;
  readonly clock: DeskClock;
  readonly hooks: DeskHooks;
  readonly timers: DeskTimers;
  /** Whether the server gives patients to the desk. */
  readonly seesPatients: () => boolean;
  /** Pulls the feed, which tells which days to read again. */
  readonly pull: () => Promise<unknown>;
}

export function openDayReader(options: DayReaderOptions): DayReader {
  const { store, server, clock, hooks, timers, seesPatients, pull } = options;
  const underWay = new Map<string, Promise<Reply<null>>>();
  let last: Promise<unknown> = Promise.resolve();

  /** Writes one day at a time: with several at once, the page's calls would wait for a part of each. */
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
