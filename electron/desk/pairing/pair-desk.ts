import { hostname } from 'node:os';

import { backOffMs, type BackOff } from '../environment/back-off.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import { sleep, type DeskTimers } from '../environment/timers.ts';
import type { Signals } from '../events/signals.ts';
import type { DeskServer } from '../line/server.ts';
import type { PairingKeeper } from './pairing-keeper.ts';

export interface PairOptions {
  readonly server: DeskServer;
  readonly pairings: PairingKeeper;
  /** The one-time code; undefined where the desk was started without one. */
  readonly code: string | undefined;
  readonly deskId: string;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly timers: DeskTimers;
  readonly hooks: DeskHooks;
  readonly signals: Signals;
  /** The pairing could not be written to the store. */
  readonly onFailure: (error: unknown) => void;
}

export interface Pairing {
  /** Asks no more, and waits for the write that is under way. */
  close(): Promise<void>;
}

/** The PC's name, under which an administrator finds the desk. */
export const ownName = (): string => hostname().slice(0, 80) || 'Desk';

/**
 * Pairs the desk by its one-time code as soon as the server answers, and tells `identity-changed`. A paired desk stays as it
 * is.
 */
export function startPairing(options: PairOptions): Pairing {
  const { pairings, code, hooks, signals, onFailure } = options;
  const closing = new AbortController();
  async function pair(ownCode: string): Promise<void> {
    if (!(await pairDesk(options, ownCode, closing.signal))) return;
    await hooks.paired?.();
    signals.emit('identity-changed');
  }
  const pairing = code === undefined || pairings.current() ? Promise.resolve() : pair(code).catch(onFailure);
  return {
    close() {
      closing.abort();
      return pairing;
    },
  };
}

/** Returns whether the desk was paired. A code that the server refuses is not tried again: it is good once, for ten minutes. */
async function pairDesk(options: PairOptions, code: string, signal: AbortSignal): Promise<boolean> {
  const { server, pairings, deskId, backOff, random, timers } = options;
  for (let attempt = 0; !signal.aborted; attempt++) {
    const reply = await server.askAsNobody((client, callOptions) =>
      client.desks.pair({ code, deskId, name: ownName() }, callOptions),
    );
    if (signal.aborted) break;
    if (reply.kind === 'answer') {
      const { orgId, deskToken, isDemo } = reply.value;
      pairings.keep({ orgId, deskToken, isDemo });
      return true;
    }
    const isDoubtful =
      reply.kind !== 'problem' || ['busy', 'timeout', 'too-many-requests', 'internal'].includes(reply.problem.code);
    if (!isDoubtful) return false;
    await sleep(timers, backOffMs(backOff, attempt, random()), signal);
  }
  return false;
}
