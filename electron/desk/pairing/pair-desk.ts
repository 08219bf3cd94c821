import { hostname } from 'node:os';

import type { DeskServer } from '../server/desk-server.ts';
import { backOffMs, type BackOff } from '../sync/back-off.ts';
import { sleep, type DeskTimers } from '../timers.ts';
import type { PairingKeeper } from './pairing-keeper.ts';

export interface PairOptions {
  readonly server: DeskServer;
  readonly pairings: PairingKeeper;
  readonly code: string;
  readonly deskId: string;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly timers: DeskTimers;
  readonly signal: AbortSignal;
}

/** The name under which an administrator finds the desk: the PC's. */
export const ownName = (): string => hostname().slice(0, 80) || 'Desk';

/**
 * Pairs the desk by its one-time code as soon as the server is there. Says whether it was paired; a code that the server
 * refuses is not tried again: it is good once, and for ten minutes.
 */
export async function pairDesk(options: PairOptions): Promise<boolean> {
  const { server, pairings, code, deskId, backOff, random, timers, signal } = options;
  for (let attempt = 0; !signal.aborted; attempt++) {
    const reply = await server.askAsNobody((client, callOptions) =>
      client.desks.pair({ code, deskId, name: ownName() }, callOptions),
    );
    if (signal.aborted) break;
    if (reply.kind === 'answer') {
      pairings.keep({ orgId: reply.value.orgId, deskToken: reply.value.deskToken });
      return true;
    }
    const isDoubtful =
      reply.kind !== 'problem' || ['busy', 'timeout', 'too-many-requests', 'internal'].includes(reply.problem.code);
    if (!isDoubtful) return false;
    await sleep(timers, backOffMs(backOff, attempt, random()), signal);
  }
  return false;
}
