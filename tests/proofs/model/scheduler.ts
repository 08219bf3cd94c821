import type postgres from 'postgres';

import type { Step } from './held-pool.ts';
import { postponeCommits } from './plan.ts';

interface Client {
  readonly name: string;
  /** The point where the client is held, and the function that lets it go on; null while the client runs. */
  held: { readonly step: Step; readonly goOn: () => void } | null;
  finished: boolean;
  waits: boolean;
}

export type Scheduler = ReturnType<typeof makeScheduler>;

/** The `application_name` of a client's one connection. */
export const clientName = (n: number) => `model client ${n}`;

/**
 * Lets one step of one client through at a time, in the order of the choices. Between two steps nothing moves: each client
 * is held, has finished, or waits in PostgreSQL for a lock of a held client. PostgreSQL itself says who waits, over a
 * connection of its own. Nothing here depends on time.
 */
export function makeScheduler(superuser: postgres.Sql, clientCount: number, choices: readonly number[]) {
  const clients: Client[] = Array.from({ length: clientCount }, (_, n) => ({
    name: clientName(n),
    held: null,
    finished: false,
    waits: false,
  }));
  const client = (n: number) => clients[n] as Client;
  const trace: string[] = [];
  let lockWaits = 0;
  let changes = 0;
  let changed = Promise.withResolvers<void>();

  const noteChange = () => {
    changes++;
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const running = () => clients.filter((one) => !one.held && !one.finished);

  /** Whether every running client waits, directly or through others, for a client that is held. */
  async function allWait(): Promise<boolean> {
    const sessions = await superuser<{ pid: number; name: string; blockers: number[] }[]>`
      select pid, application_name as name, pg_blocking_pids(pid) as blockers from pg_stat_activity
      where datname = current_database() and application_name like 'model client %'`;
    const ofName = new Map(sessions.map((session) => [session.name, session]));
    const nameOf = new Map(sessions.map((session) => [session.pid, session.name]));
    const runningNames = new Set(running().map(({ name }) => name));
    // Clients that wait for each other in a circle do not count as still: PostgreSQL soon breaks the deadlock.
    const isHeldUp = (name: string, onTheWay: readonly string[]): boolean => {
      if (!runningNames.has(name)) return true;
      const blockers = ofName.get(name)?.blockers ?? [];
      return (
        blockers.length > 0 &&
        blockers.every((pid) => {
          const blocker = nameOf.get(pid);
          return blocker !== undefined && !onTheWay.includes(blocker) && isHeldUp(blocker, [...onTheWay, blocker]);
        })
      );
    };
    return [...runningNames].every((name) => isHeldUp(name, [name]));
  }

  async function stillness(last: Step | null): Promise<void> {
    while (running().length > 0) {
      const before = changes;
      // Only a statement inside a transaction waits for others. A client that waited is looked at again after each step.
      if (last !== 'statement' && running().length === 1 && !running()[0]?.waits) {
        await changed.promise;
      } else if ((await allWait()) && changes === before) {
        break;
      }
    }
    for (const one of clients) {
      const waits = !one.held && !one.finished;
      if (waits && !one.waits) lockWaits++;
      one.waits = waits;
    }
  }

  return {
    trace,
    lockWaits: () => lockWaits,
    turn(n: number, step: Step): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      client(n).held = { step, goOn: resolve };
      noteChange();
      return promise;
    },
    finish(n: number): void {
      client(n).finished = true;
      noteChange();
    },
    /** Lets the clients go on step by step until all have finished. */
    async run(): Promise<void> {
      for (let last: Step | null = null, n = 0; ; n++) {
        await stillness(last);
        const choice = choices[n % choices.length] ?? 0;
        const held = clients.filter((one) => one.held);
        const notCommitting = held.filter((one) => one.held?.step !== 'commit');
        const ready = choice >= postponeCommits && notCommitting.length > 0 ? notCommitting : held;
        const next = ready[(choice % postponeCommits) % ready.length];
        if (!next?.held) {
          if (clients.every(({ finished }) => finished)) return;
          throw new Error('every client waits for another');
        }
        const { step, goOn } = next.held;
        trace.push(`${clients.indexOf(next)} ${step}`);
        last = step;
        next.held = null;
        goOn();
      }
    },
  };
}
