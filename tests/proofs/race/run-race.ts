import { hash } from '@node-rs/argon2';
import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { makeRandom } from '../../../build/demo/seeded-random.ts';
import type { Appointment } from '../../../core/calendar/appointment.ts';
import { makeClinic, type Clinic } from '../../builders/clinic.ts';
import { findInconsistencies } from '../../builders/inconsistencies.ts';
import { signInDesk, type Answer, type DeskClient } from '../bench/desk-client.ts';
import { judgeRound } from './referee.ts';
import { bookBody, quartersPerRound, scenarios, type ScenarioName, type Wish } from './scenarios.ts';

export interface RaceOptions {
  readonly url: string;
  readonly adminDatabaseUrl: string;
  readonly rounds: number;
  readonly clients: number;
  readonly seed: number;
  /** Allows 503 as an answer to a loser. */
  readonly overload: boolean;
  readonly onRound?: (done: number) => void;
}

export interface ScenarioTally {
  rounds: number;
  booked: number;
  conflicts: number;
  busy: number;
  alternatives: number;
  loserMilliseconds: number[];
}

export interface RaceResult {
  readonly scenarios: Readonly<Record<ScenarioName, ScenarioTally>>;
  /** Broken invariants, in words. Empty when the race was fair. */
  readonly wrongs: readonly string[];
}

const password = 'race without a winner';

/** The fault of one answer, or null. A loser must be answered 409 with blockers and alternatives. */
function wrongAnswer({ status, body }: Answer, overload: boolean): string | null {
  if (status === 200 || (status === 503 && overload)) return null;
  const problem = body;
  if (status !== 409 || !('code' in problem) || problem.code !== 'conflict') return `a loser was answered ${status}`;
  if (problem.data.blockers.length === 0) return 'a conflict without a blocker';
  if (problem.data.alternatives.length === 0) return 'a conflict without an alternative';
  return null;
}

async function runRound(clinic: Clinic, desks: readonly DeskClient[], wishes: readonly Wish[]) {
  const commands = wishes.map((wish, n) => (desks[n] as DeskClient).bookCommand(bookBody(clinic, uuidv7(), wish)));
  // All commands are ready before the first is sent, so that the clients race in the server and not here.
  return Promise.all(commands.map((command, n) => (desks[n] as DeskClient).book(command)));
}

/** Lets many desks race for the same slots, round after round, in a new clinic on the running server. */
export async function runRace(options: RaceOptions): Promise<RaceResult> {
  const { url, rounds, clients, seed, overload } = options;
  const random = makeRandom(seed, 'race');
  const names = Object.keys(scenarios) as ScenarioName[];
  const tallies = Object.fromEntries(
    names.map((name) => [
      name,
      { rounds: 0, booked: 0, conflicts: 0, busy: 0, alternatives: 0, loserMilliseconds: [] },
    ]),
  ) as unknown as Record<ScenarioName, ScenarioTally>;
  const wrongs: string[] = [];
  const admin = postgres(options.adminDatabaseUrl, { max: 2, onnotice: () => {} });
  try {
    const clinic = await makeClinic(admin, {
      providers: clients,
      rooms: 8,
      equipment: 4,
      patients: clients,
      days: Math.ceil(((rounds + 2) * quartersPerRound) / 96) + 15,
      passwordHash: await hash(password),
    });
    const desks = await Promise.all(
      Array.from({ length: clients }, (_, n) => signInDesk(url, clinic.signInName, password, `race-desk-${n}`)),
    );
    for (let round = 0; round < rounds; round++) {
      const name = names[round % names.length] as ScenarioName;
      const from = clinic.opensAt + (round + 1) * quartersPerRound;
      const wishes = scenarios[name]({ clinic, clients, from, random });
      const answers = await runRound(clinic, desks, wishes);
      const tally = tallies[name];
      const winners: Appointment[] = [];
      const losers: Wish[] = [];
      tally.rounds++;
      for (const [n, answer] of answers.entries()) {
        const wrong = wrongAnswer(answer, overload);
        if (wrong) wrongs.push(`round ${round} (${name}): ${wrong}`);
        if (answer.status === 200) {
          winners.push((answer.body as { appointment: Appointment }).appointment);
          continue;
        }
        if (answer.status === 503) {
          tally.busy++;
          continue;
        }
        losers.push(wishes[n] as Wish);
        tally.conflicts++;
        tally.loserMilliseconds.push(answer.milliseconds);
        if ('code' in answer.body && answer.body.code === 'conflict') {
          tally.alternatives += answer.body.data.alternatives.length;
        }
      }
      tally.booked += winners.length;
      wrongs.push(...judgeRound(clinic, winners, losers).map((wrong) => `round ${round} (${name}): ${wrong}`));
      options.onRound?.(round + 1);
    }
    wrongs.push(...(await findInconsistencies(admin)).map(({ promise, found }) => `broken: ${promise} (${found})`));
    const [stored] = await admin<{ count: string }[]>`
      select count(*) from appointments where org_id = ${clinic.orgId} and status = 'booked'`;
    const booked = Object.values(tallies).reduce((sum, tally) => sum + tally.booked, 0);
    if (Number(stored?.count) !== booked) {
      wrongs.push(`${booked} clients were told "booked", the database holds ${stored?.count} visits`);
    }
    return { scenarios: tallies, wrongs };
  } finally {
    await admin.end();
  }
}
