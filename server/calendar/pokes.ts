import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import { listen } from '../../db/pg/listen.ts';
import type { Metrics } from '../observe/metrics.ts';

const channel = 'holdfast_poke';

/**
 * Between two NOTIFYs of one organization. Each is a commit of its own and takes a lock that is the whole database's, so
 * a busy clinic's are drawn together; nobody notices 20 ms.
 */
const spacingMs = 20;

export interface Pokes {
  /** Tells every server, soon, that something changed. Never called inside a transaction; never throws. */
  poke(orgId: string): void;
  /** One event for each poke of the organization, several in a row drawn together, until the signal or the end. */
  subscribe(orgId: string, signal: AbortSignal): AsyncGenerator<Record<string, never>, void>;
  /** Ends every subscription; those that come later end at once. */
  end(): void;
  /** Ends what is left, and the connections. */
  close(): Promise<void>;
}

export interface PokesOptions {
  readonly databaseUrl: string;
  readonly metrics: Metrics;
  readonly log: Logger;
  /**
   * Called before anyone is told: when this server pokes an organization, when it hears of a poke, and with null when it
   * may have missed some, of whichever organizations.
   */
  readonly onPoke?: ((orgId: string | null) => void) | undefined;
  /** In the place of LISTEN and of Node's timer. */
  readonly line?: typeof listen | undefined;
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

interface Subscriber {
  readonly wake: () => void;
  readonly end: () => void;
}

/**
 * LISTEN on a connection of its own, which is opened again when it breaks; whoever is subscribed then is poked, because
 * what was said meanwhile is lost. Throws where the database cannot be reached.
 */
export async function openPokes(options: PokesOptions): Promise<Pokes> {
  const { databaseUrl, metrics, log, onPoke = () => {}, line = listen, pause = pauseUntil } = options;
  const byOrganization = new Map<string, Set<Subscriber>>();
  const sending = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const closing = new AbortController();

  const end = () => {
    closing.abort();
    for (const subscriber of everyone()) subscriber.end();
  };
  const everyone = () => [...byOrganization.values()].flatMap((subscribers) => [...subscribers]);
  const count = () => metrics.streamsOpen(everyone().length);

  async function send(orgId: string): Promise<void> {
    do {
      again.delete(orgId);
      try {
        await listener.notify(orgId);
        metrics.poked('sent');
        if (!closing.signal.aborted) await pause(spacingMs, closing.signal);
      } catch (err) {
        // The desks' slow poll covers a poke that is lost.
        log.warn({ err }, 'a poke could not be sent');
      }
    } while (again.has(orgId));
    sending.delete(orgId);
  }

  const listener = await line(
    databaseUrl,
    channel,
    (orgId) => {
      metrics.poked('received');
      onPoke(orgId);
      for (const { wake } of byOrganization.get(orgId) ?? []) wake();
    },
    () => {
      onPoke(null);
      for (const { wake } of everyone()) wake();
    },
  );

  return {
    poke(orgId) {
      onPoke(orgId);
      if (sending.has(orgId)) again.add(orgId);
      else sending.set(orgId, send(orgId));
    },
    subscribe(orgId, signal) {
      // Here and not in the generator, whose body runs only when the stream is first read.
      const inbox = openInbox(signal);
      const subscribers = byOrganization.get(orgId) ?? new Set();
      byOrganization.set(orgId, subscribers.add(inbox));
      count();
      inbox.onEnd(() => {
        subscribers.delete(inbox);
        if (subscribers.size === 0 && byOrganization.get(orgId) === subscribers) byOrganization.delete(orgId);
        count();
      });
      if (closing.signal.aborted) inbox.end();
      return inbox.read();
    },
    end,
    async close() {
      end();
      await Promise.all(sending.values());
      await listener.close();
    },
  };
}

/** Waits, or until the signal. */
function pauseUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  return delay(milliseconds, undefined, { signal }).catch(() => {});
}

/** Holds one bit: something came, or not. A reader who is slow is told once. */
function openInbox(signal: AbortSignal) {
  const ended = new AbortController();
  let something = false;
  let onEnd = () => {};
  let bell = Promise.withResolvers<void>();
  const end = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    signal.removeEventListener('abort', end);
    onEnd();
    bell.resolve();
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    end,
    wake() {
      something = true;
      bell.resolve();
    },
    /** Calls at once where it has ended already. */
    onEnd(listener: () => void) {
      onEnd = listener;
      if (ended.signal.aborted) listener();
      else if (signal.aborted) end();
    },
    async *read(): AsyncGenerator<Record<string, never>, void> {
      try {
        while (!ended.signal.aborted) {
          await bell.promise;
          bell = Promise.withResolvers();
          if (something && !ended.signal.aborted) {
            something = false;
            yield {};
          }
        }
      } finally {
        end();
      }
    },
  };
}
