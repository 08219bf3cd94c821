import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

import { hash } from '@node-rs/argon2';
import type postgres from 'postgres';

import { makeRandom } from '../../../build/demo/seeded-random.ts';
import type { DeskAnswer } from '../../../core/contract/desk/calls.ts';
import { hashToken, mintToken } from '../../../server/sessions/tokens.ts';
import { handleOf } from '../../builders/handle-of.ts';
import { clinicOfPlan, idOf, writeClinic, type ModelClinic } from '../model/clinic-of-plan.ts';
import { openJournal, type Journal } from '../torture/history/journal.ts';
import { loadTruth, type Truth } from '../torture/history/load-truth.ts';
import { inflict } from './inflict-fault.ts';
import { inMemory } from './memory-folder.ts';
import { makePerson, type Person } from './person.ts';
import type { NetworkPlan, SimulationPlan } from './plan.ts';
import { openPokeLine } from './poke-line.ts';
import { makeSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';
import { openNetwork, type Link } from './simulated-network.ts';
import { startSimulatedServer, type SimulatedServer } from './simulated-server.ts';
import { openTimeline } from './timeline.ts';
import type { WatchedPool } from './watched-pool.ts';

export interface SimulationDatabase {
  readonly admin: postgres.Sql;
  readonly pool: WatchedPool;
  /** Deletes everything that a run left, so that each run finds the same database. */
  empty(): Promise<void>;
}

/** A guarantee that is taken away from every desk of a run. The run must then break a promise. */
export interface Weakening {
  /** SQL that runs in each desk's store while the desk works on it. */
  readonly onDesk?: string | undefined;
  /** Replaces the plan's faults, so that few runs are enough to meet what the guarantee is for. */
  readonly network?: Partial<NetworkPlan> | undefined;
}

/** What a desk shows when everything has come to rest. */
export interface DeskEnd {
  readonly name: string;
  readonly day: DeskAnswer<'readDay'> | null;
  readonly outbox: DeskAnswer<'readOutbox'> | null;
  readonly status: DeskAnswer<'readStatus'> | null;
}

export interface SimulationRun {
  readonly clinic: ModelClinic;
  readonly journal: Journal;
  readonly truth: Truth;
  readonly desks: readonly DeskEnd[];
  /** The events in their order. The same plan gives the same trace. */
  readonly trace: readonly string[];
  readonly moments: number;
  /** Errors that nothing may throw. */
  readonly thrown: readonly string[];
}

const calm: NetworkPlan = { slowest: 4, late: 0, lost: 0, twice: 0, broken: 0, held: 0 };
const password = 'good only here';
export const startsAt = '2031-03-03T07:20:00Z';
const date = '2031-03-03';
/** After the last fault everything must come to rest within this time. */
const restWithinMs = 400_000;
const lookEveryMs = 5_000;
/** A desk whose stream of pokes died silently learns of the last change by its next poll. */
const pollsWithinMs = 25_000;
const heldFor = 3_000;
const statementTakes = 6;
/** After this time without events a desk has nothing left to do but to look at its clock. */
const restMs = 500;

let passwordHash: Promise<string> | undefined;

/** Carries out a plan in a new organization, lets everything come to rest, and returns how the run ended. */
export async function runSimulation(
  plan: SimulationPlan,
  database: SimulationDatabase,
  weakening: Weakening = {},
): Promise<SimulationRun> {
  const { admin, pool } = database;
  await database.empty();
  const clinic: ModelClinic = { ...clinicOfPlan(plan.clinic), orgId: idOf('organization', 0) };
  await writeClinic(admin, clinic, plan.clinic.openQuarters);
  // The cheapest hash that the format allows: nobody guesses passwords here, and every desk signs in.
  passwordHash ??= hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  await admin`
    insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
    values (${clinic.orgId}, ${clinic.userId}, 'rana', 'Rana Acar', 'manager', ${await passwordHash}, ${clinic.siteId})`;

  const folder = mkdtempSync(path.join(inMemory, 'holdfast-simulation-'));
  const servers: (SimulatedServer | null)[] = [];
  let starting = 0;
  const timeline = openTimeline({
    isStill: () => starting === 0 && servers.every((server) => server?.isStill() ?? true) && pool.isStill(),
  });
  const trace: string[] = [];
  const thrown: string[] = [];
  const note = (line: string) => void trace.push(`${timeline.now().toFixed(3)} ${line}`);
  const stream = (label: string) => makeRandom(plan.entropy, label);
  let network: NetworkPlan = calm;
  let isHealed = false;

  const steps = stream('steps');
  const percent = (chance: number) => chance > 0 && steps.chance(chance / 100);
  const pokeLine = openPokeLine(timeline, () => 1 + steps.next() * 3);
  async function startServer(n: number): Promise<void> {
    starting++;
    servers[n] = await startSimulatedServer({
      timeline,
      startsAt,
      pool,
      listen: pokeLine.listenAt(n),
      holds: (step) =>
        step !== 'read' && percent(network.held) ? steps.next() * heldFor : steps.next() * statementTakes,
      breaks: () => percent(network.broken),
      note,
    });
    starting--;
  }

  const journal = openJournal();
  let moments = 0;
  let numbers = 0;
  const linkOf = openNetwork({
    timeline,
    random: stream('network'),
    plan: () => network,
    servers: () => servers,
    note,
  });
  const links: Link[] = [];
  const desks: SimulatedDesk[] = [];
  const people: Person[] = [];

  const inTheBackground = (what: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => thrown.push(`${what}: ${String(error)}`));
  };

  try {
    for (let n = 0; n < plan.servers; n++) await startServer(n);
    for (const [n, { isPaired, skew }] of plan.desks.entries()) {
      const name = `desk ${n}`;
      const deskId = idOf('desk', n);
      const link = linkOf(name);
      const deskToken = mintToken(handleOf(clinic.orgId), 'desk');
      if (isPaired) {
        await admin`insert into desks (org_id, desk_id, name, token_hash)
          values (${clinic.orgId}, ${deskId}, ${name}, ${hashToken(deskToken)})`;
      }
      const desk: SimulatedDesk = makeSimulatedDesk({
        name,
        timeline,
        random: stream(name),
        link,
        folder,
        pairing: isPaired ? { orgId: clinic.orgId, deskToken, deskId, isDemo: false } : null,
        startsAt,
        onEvent: (event) => people[n]?.hear(event),
        note,
      });
      links.push(link);
      desks.push(desk);
      people.push(
        makePerson({
          desk,
          deskId,
          userId: clinic.userId,
          clinic,
          rushQuarters: plan.rushQuarters,
          date,
          journal,
          nextNumber: () => numbers++,
          moment: () => moments++,
          undoWindow: timeline.now,
        }),
      );
      desk.setClock(skew);
      desk.start();
      // One sign-in at a time while everything else rests, because hashing a password takes an unknown time.
      await timeline.run(restMs);
      await during(`${name} signs in`, async () => {
        const answer = await desk.call('signIn', { username: 'rana', password });
        if (!answer?.ok) throw new Error('nobody could sign in');
      });
      await timeline.run(restMs);
      if (weakening.onDesk !== undefined) desk.inStore(weakening.onDesk);
    }
    network = { ...plan.network, ...weakening.network };
    schedule();
    const lastAt = Math.max(
      ...plan.faults.map(({ at, lasts }) => at + lasts),
      ...plan.desks.map(({ deeds }) => deeds.reduce((sum, { after }) => sum + after, 0)),
    );
    await timeline.run(lastAt + 1);

    note('everything heals');
    network = calm;
    isHealed = true;
    for (const link of links) link.isCut = false;
    for (const [n, server] of servers.entries()) if (!server) await startServer(n);
    for (const desk of desks) desk.start();
    await untilRest();
    const ends = await endsOf();
    const truth = await loadTruth(admin, clinic.orgId);
    return { clinic, journal, truth, desks: ends, trace, moments: timeline.happened(), thrown };
  } finally {
    for (const server of servers) server?.kill();
    const closed = Promise.all(desks.map((desk) => desk.close()));
    await timeline.run(60_000);
    await closed;
    rmSync(folder, { recursive: true, force: true });
  }

  function schedule(): void {
    const struck = {
      timeline,
      desks,
      links,
      servers,
      pokeLine,
      startServer: (n: number) => inTheBackground(`server ${n} starts`, startServer(n)),
      isHealed: () => isHealed,
      note,
    };
    for (const [n, { deeds }] of plan.desks.entries()) {
      let at = 0;
      for (const { after, deed, twice } of deeds) {
        at += after;
        timeline.after(at, () => {
          if (!desks[n]?.isUp()) return;
          note(`desk ${n} ${deed.type}`);
          inTheBackground(`desk ${n} ${deed.type}`, (people[n] as Person).do(deed, twice));
        });
      }
    }
    for (const fault of plan.faults) timeline.after(fault.at, () => inflict(fault, struck));
  }

  async function untilRest(): Promise<void> {
    let restsFor = 0;
    for (let waited = 0; waited < restWithinMs && restsFor < pollsWithinMs; waited += lookEveryMs) {
      await timeline.run(lookEveryMs);
      restsFor = (await endsOf()).every(isAtRest) ? restsFor + lookEveryMs : 0;
    }
  }

  /** Lets time pass until the promise resolves. */
  async function during(what: string, work: () => Promise<void>): Promise<void> {
    let isDone = false;
    const working = work().finally(() => {
      isDone = true;
    });
    inTheBackground(what, working);
    await timeline.run(60_000, () => isDone);
    if (!isDone) thrown.push(`${what}: takes for ever`);
  }

  async function endsOf(): Promise<DeskEnd[]> {
    const ends: DeskEnd[] = [];
    await during('the desks are asked', async () => {
      for (const desk of desks) ends.push(await endOf(desk));
    });
    return ends;
  }

  async function endOf(desk: SimulatedDesk): Promise<DeskEnd> {
    const status = await desk.call('readStatus', {});
    const outbox = await desk.call('readOutbox', {});
    const day = await desk.call('readDay', { siteId: clinic.siteId, date });
    return { name: desk.name, status, outbox, day };
  }
}

function isAtRest({ status, day }: DeskEnd): boolean {
  if (!status?.ok || !day?.ok) return false;
  const { connection, waiting, reading } = status.value;
  return connection === 'online' && waiting === 0 && reading === null && day.value.asOf === null;
}
