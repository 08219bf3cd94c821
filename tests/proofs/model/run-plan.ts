import type postgres from 'postgres';

import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { personActor } from '../../../core/domain/people/actors.ts';
import { permissions } from '../../../core/domain/people/permissions.ts';
import type { Result } from '../../../core/domain/terms.ts';
import type { Pool } from '../../../db/pg/pool.ts';
import { handleCommand } from '../../../server/api/handle-command.ts';
import { clinicOfPlan, now, writeClinic, type ModelClinic } from './clinic-of-plan.ts';
import { commandsOfPlan, type Senders, type Sending } from './commands-of-plan.ts';
import { heldPool, type Step } from './held-pool.ts';
import type { Plan } from './plan.ts';
import { makeScheduler, type Scheduler } from './scheduler.ts';

/** One sending of one command, and its result. Commits are counted over all clients of a run. */
export interface Delivery extends Sending {
  readonly client: number;
  /** The number of commits when the command was sent, and when it was answered. */
  readonly from: number;
  readonly to: number;
  /** The number of the sending's own commit; null when it committed nothing. */
  readonly commit: number | null;
  /** The codes of its failed transactions, in order. */
  readonly failures: readonly string[];
  /** Null when an error was thrown, which the server would answer with 500. */
  readonly result: Result<Outcome, Problem> | null;
  readonly thrown: string;
}

export interface Run {
  readonly clinic: ModelClinic;
  readonly deliveries: readonly Delivery[];
  readonly commits: number;
  readonly trace: readonly string[];
  readonly lockWaits: number;
}

export interface Connections {
  readonly admin: postgres.Sql;
  readonly superuser: postgres.Sql;
  /** A pool of one connection for each client, under the client's name. */
  readonly pools: readonly Pool[];
  /** Replaces SERIALIZABLE. */
  readonly isolation?: string | undefined;
}

/** Carries out a plan in a new organization: first the prelude alone, then all clients, one step at a time. */
export async function runPlan(plan: Plan, connections: Connections): Promise<Run> {
  const clinic = clinicOfPlan(plan.clinic);
  await writeClinic(connections.admin, clinic, plan.clinic.openQuarters);
  const deliveries: Delivery[] = [];
  const versions = new Map<string, number>();
  let commits = 0;

  async function deliver(scheduler: Scheduler, client: number, { typed, content }: Sending): Promise<void> {
    const from = commits;
    let commit: number | null = null;
    const failures: string[] = [];
    const holder = {
      turn: (step: Step) => scheduler.turn(client, step),
      committed: () => void (commit = commits++),
      failed: (code: string) => void failures.push(code),
    };
    const pool = heldPool(connections.pools[client] as Pool, holder, connections.isolation);
    const actor = personActor({ ...clinic, permissions });
    let result: Delivery['result'] = null;
    let thrown = '';
    try {
      result = await handleCommand({ pool, now: () => now }, actor, typed.type, typed.command);
    } catch (error) {
      thrown = String(error);
    }
    const heard = result?.ok ? result.value.appointment : null;
    if (heard) versions.set(heard.appointmentId, Math.max(heard.version, versions.get(heard.appointmentId) ?? 1));
    deliveries.push({ typed, content, client, from, to: commits, commit, failures, result, thrown });
  }

  async function together(queues: Senders): Promise<Pick<Run, 'trace' | 'lockWaits'>> {
    const scheduler = makeScheduler(connections.superuser, queues.length, plan.choices);
    const clients = queues.map(async (queue, client) => {
      for (const sending of queue) await deliver(scheduler, client, sending());
      scheduler.finish(client);
    });
    await Promise.all([...clients, scheduler.run()]);
    return { trace: scheduler.trace, lockWaits: scheduler.lockWaits() };
  }

  const [prelude = [], ...clients] = commandsOfPlan(plan, clinic, versions);
  await together([prelude]);
  const { trace, lockWaits } = await together(clients);
  return { clinic, deliveries, commits, trace, lockWaits };
}
