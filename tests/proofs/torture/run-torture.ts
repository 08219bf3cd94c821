import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import postgres from 'postgres';

import { makeRandom } from '../../../build/demo/seeded-random.ts';
import { untilDecided, untilSame } from './converge.ts';
import { startDatabasePair } from './database/database-pair.ts';
import { openFaultProxy, type FaultProxy } from './faults/fault-proxy.ts';
import { inflictFaults, type FaultCounts } from './faults/inflict-faults.ts';
import type { FaultRates } from './faults/plan-faults.ts';
import { openJournal, type Journal } from './history/journal.ts';
import { judgeCommands, type CommandFindings } from './history/judge-commands.ts';
import { judgeSlots, type SlotFindings } from './history/judge-slots.ts';
import { judgeTray } from './history/judge-tray.ts';
import { loadTruth, type Truth } from './history/load-truth.ts';
import { makeServerProcess, type ServerProcess } from './processes/server-process.ts';
import type { Weakness } from './weaknesses.ts';
import { openKnownVisits } from './workload/known-visits.ts';
import { makeTortureClinic, type TortureClinic } from './workload/torture-clinic.ts';
import { makeTortureDesk, type TortureDesk } from './workload/torture-desk.ts';

export interface TortureOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly servers: number;
  readonly desks: number;
  /** Commands per second, of all desks together. */
  readonly perSecond: number;
  readonly rates: FaultRates;
  /** False runs PostgreSQL without fsync. Only processes die here, which loses nothing by that. */
  readonly durable: boolean;
  /** Takes a guarantee away, whose loss must then be found. */
  readonly weakness: Weakness | null;
  /** Keeps the folder with the logs and stores. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
  /** Ends the run early. Everything that was started is stopped all the same. */
  readonly signal?: AbortSignal;
}

export interface TortureResult {
  readonly commands: CommandFindings;
  readonly slots: SlotFindings;
  readonly journal: Journal;
  readonly truth: Truth;
  readonly faults: FaultCounts;
  /** What desks had left to do when their time was up. */
  readonly undecided: readonly string[];
  /** The differences between desks' days and the server's. */
  readonly different: readonly string[];
  /** Refusals that nobody dealt with and that no tray shows. */
  readonly missingRefusals: readonly string[];
  readonly convergedAfterMs: number;
  /** The version of PostgreSQL. */
  readonly version: string;
  readonly folder: string | null;
}

const convergeWithinMs = 120_000;

/** Starts servers, desks and databases as real processes, lets everything go wrong, and then judges the history. */
export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const { seconds, seed, say } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-torture-'));
  const closing: (() => Promise<unknown>)[] = [
    () => (options.keep ? Promise.resolve() : rm(folder, { recursive: true, force: true, maxRetries: 10 })),
  ];
  try {
    const world = await openWorld(options, folder, closing);
    const { pair, clinic, desks } = world;
    say(`${desks.length} desks, ${world.servers.length} servers, a primary and its standby are up`);

    const work = new AbortController();
    const faults = new AbortController();
    const ticker = setInterval(() => say(`${world.journal.entries.size} commands sent`), 15_000);
    closing.push(async () => {
      clearInterval(ticker);
      work.abort();
    });
    const working = desks.map((desk) => desk.work(options.perSecond / desks.length, work.signal));
    const inflicting = inflictFaults(
      { ...world, afterDeskKill: options.weakness?.afterDeskKill },
      { ...options.rates, ...options.weakness?.rates },
      seed,
      faults.signal,
    );
    await Promise.race([pause(seconds * 1_000, undefined, { signal: options.signal }).catch(() => {}), inflicting]);
    faults.abort();
    work.abort();
    const counts = await inflicting;
    await Promise.all(working);
    clearInterval(ticker);
    options.signal?.throwIfAborted();

    say('nothing goes wrong any more; waiting until everything is decided');
    const healedAt = performance.now();
    const undecided = await untilDecided(desks, convergeWithinMs);
    const admin = postgres(pair.adminDatabaseUrl(), { max: 1, onnotice: () => {} });
    try {
      const truth = await loadTruth(admin, clinic.orgId);
      const [about] = await admin<{ version: string }[]>`select split_part(version(), ' ', 2) as version`;
      const different = await untilSame(desks, clinic.siteId, clinic.dates, truth, convergeWithinMs / 2);
      const trays = await Promise.all(desks.map(({ process }) => process.call('readOutbox', {})));
      const missingRefusals = trays.flatMap(({ answer }, n) => {
        const { name } = desks[n]!.process;
        return answer.ok ? judgeTray(name, answer.value, world.journal, truth) : [`${name}: no tray`];
      });
      const convergedAfterMs = performance.now() - healedAt;
      return {
        commands: judgeCommands(world.journal, truth),
        slots: judgeSlots(world.journal, truth),
        journal: world.journal,
        truth,
        faults: counts,
        undecided,
        different,
        missingRefusals,
        convergedAfterMs,
        version: about!.version,
        folder: options.keep ? folder : null,
      };
    } finally {
      await admin.end();
    }
  } finally {
    // An error while closing must not hide the error that ended the run.
    for (const close of closing.toReversed())
      await close().catch((error: unknown) => say(`not closed: ${String(error)}`));
  }
}

interface World {
  readonly pair: Awaited<ReturnType<typeof startDatabasePair>>;
  readonly clinic: TortureClinic;
  readonly journal: Journal;
  readonly servers: readonly ServerProcess[];
  readonly desks: readonly TortureDesk[];
  readonly deskLinks: readonly FaultProxy[];
  readonly databaseLinks: readonly FaultProxy[];
}

async function openWorld(
  { seed, servers: serverCount, desks: deskCount, durable, weakness }: TortureOptions,
  folder: string,
  closing: (() => Promise<unknown>)[],
): Promise<World> {
  const databaseDir = path.join(folder, 'database');
  await mkdir(databaseDir);
  const synchronousCommit = weakness?.synchronousCommit ?? 'on';
  const pair = await startDatabasePair({ parentDir: databaseDir, durable, synchronousCommit });
  closing.push(() => pair.stop());
  if (weakness?.breakIt) await withOwner(pair.adminDatabaseUrl(), weakness.breakIt);
  const clinic = await makeTortureClinic(pair.adminDatabaseUrl());

  const servers: ServerProcess[] = [];
  const databaseLinks: FaultProxy[] = [];
  for (let n = 1; n <= serverCount; n++) {
    const link = await openFaultProxy(pair.primaryPort);
    closing.push(() => link.close());
    const server = await makeServerProcess({
      name: `server ${n}`,
      databaseUrl: pair.databaseUrl(link.port),
      logFile: path.join(folder, `server-${n}.log`),
    });
    closing.push(() => server.kill());
    databaseLinks.push(link);
    servers.push(server);
  }
  await Promise.all(servers.map((server) => server.start()));

  const journal = openJournal();
  const visits = openKnownVisits((visit) => {
    const quarter = Date.parse(visit.scheduledStart) / 900_000;
    return clinic.hotProviders.includes(visit.providerId) && clinic.hotStarts.includes(quarter);
  });
  const desks: TortureDesk[] = [];
  const deskLinks: FaultProxy[] = [];
  for (let n = 1; n <= deskCount; n++) {
    // Each connection goes to a drawn server, as through a balancer: no desk belongs to one server.
    const choice = makeRandom(seed, `balancer ${n}`);
    const link = await openFaultProxy(() => choice.pick(servers).port());
    closing.push(() => link.close());
    // Half of the desks run under a token of their own, half under their person's session.
    const pairingCode = n % 2 === 0 ? await invite(servers[0]!, clinic) : undefined;
    const desk = makeTortureDesk({
      name: `desk ${n}`,
      pairingCode,
      serverUrl: `http://127.0.0.1:${link.port}`,
      dataDir: path.join(folder, `desk-${n}`),
      logFile: path.join(folder, `desk-${n}.log`),
      clinic,
      journal,
      visits,
      random: makeRandom(seed, `desk ${n}`),
    });
    closing.push(() => desk.process.kill());
    deskLinks.push(link);
    desks.push(desk);
  }
  await Promise.all(desks.map((desk) => desk.open()));
  return { pair, clinic, journal, servers, desks, deskLinks, databaseLinks };
}

/** A one-time code by the administrator, which pairs one desk. */
async function invite(server: ServerProcess, { administrator, handle, password }: TortureClinic): Promise<string> {
  const post = async (where: string, body: unknown, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port()}/api/${where}`, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${where} was answered with ${answer.status}`);
    return (await answer.json()) as { token?: string; code?: string };
  };
  const { token } = await post('sessions', { username: `${administrator}@${handle}`, password });
  const { code } = await post('desks/pairings', undefined, token);
  return code!;
}

async function withOwner(url: string, fn: (owner: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await fn(sql);
  } finally {
    await sql.end();
  }
}
