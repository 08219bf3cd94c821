import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from 'pino';

import { listen } from '../../db/pg/listen.ts';
import type { Metrics } from '../observe/metrics.ts';

const channel = 'holdfast_poke';

/**
 * The pause between two NOTIFYs of one organization. Each NOTIFY is a commit of its own and takes a lock of the whole
 * database, so the pokes of a busy clinic are merged; nobody notices 20 ms.
 */
const spacingMs = 20;

export interface Pokes {
  /** Soon tells every server that something changed. Never call it inside a transaction. Never throws. */
  poke(orgId: string): void;
  /** One event for each poke of the organization until the signal or `end`; a slow reader gets several pokes as one event. */
  subscribe(orgId: string, signal: AbortSignal): AsyncGenerator<Record<string, never>, void>;
  /** Ends every subscription; later ones end at once. */
  end(): void;
  /** Ends every subscription and closes the connections. */
  close(): Promise<void>;
}

export interface PokesOptions {
  readonly databaseUrl: string;
  readonly metrics: Metrics;
  readonly log: Logger;
  /**
   * Called before any subscriber is told: when this server pokes an organization, when it hears a poke, and with null when
   * it may have missed pokes of any organization.
   */
  readonly onPoke?: ((orgId: string | null) => void) | undefined;
  /** Replaces LISTEN; `pause` replaces Node's timer. For tests. */
  readonly line?: typeof listen | undefined;
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

interface Subscriber {
  readonly wake: () => void;
  readonly end: () => void;
}

/**
 * Listens on a connection of its own (PostgreSQL, LISTEN) and opens it again when it breaks. All subscribers are then poked,
 * because the pokes of the meantime are lost. Throws where the database cannot be reached.
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
        // A desk pulls without a poke too, every 20 s, so a lost poke delays a change and does not lose it.
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
      // The inbox opens here and not in the generator: a generator's body runs only at the first read.
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

/** Waits for a time, or until the signal. */
function pauseUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  return delay(milliseconds, undefined, { signal }).catch(() => {});
}

/** Holds one bit: whether a poke came since the last read. A slow reader gets one event for several pokes. */
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
    /** Calls `listener` when the inbox ends; at once where it has ended already. */
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
