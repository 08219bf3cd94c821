import { v7 as uuidv7 } from 'uuid';

import type { Placement } from '../../../../core/domain/bookings/facts.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import { runArms, type Arm } from '../run-arms.ts';
import { quantile } from '../statistics.ts';
import { commandFor, type ArmParts } from './arms.ts';
import { quartersPerVisit } from './bench-clinic.ts';
import type { Mechanism } from './others.ts';

export interface Losers {
  /** Milliseconds. */
  readonly uncontendedP99: number;
  readonly losersP50: number;
  readonly losersP99: number;
  readonly winnersP50: number;
  readonly races: number;
}

/**
 * Measures uncontended bookings over HTTP in turn with races of as many clients for one slot of one provider. The server
 * chooses room and equipment.
 */
export async function raceForOneSlot(
  parts: ArmParts,
  uncontended: Arm,
  { rounds, seconds, clients }: { rounds: number; seconds: number; clients: number },
): Promise<Losers> {
  const { clinic, client, server, token } = parts;
  const racesPerRound = 5;
  const free: number[] = [];
  const lost: number[] = [];
  const won: number[] = [];
  // The races go backwards from the calendar's end, because the other arms fill it from its beginning.
  let start = clinic.opensAt + clinic.openQuarters;
  const race = async () => {
    start -= quartersPerVisit;
    const answers = await Promise.all(
      Array.from({ length: clients }, (_, n) => {
        const { body, ...envelope } = commandFor(clinic, contender(parts, n));
        const asked = { ...envelope, body: { ...body, scheduledStart: instantOf(start) } };
        return client.post(`${server.url}/api/commands/book`, asked, token);
      }),
    );
    const winners = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status === 409);
    if (winners.length !== 1 || losers.length !== clients - 1) {
      throw new Error(`${winners.length} of ${clients} won one slot, ${losers.length} were told that it is taken`);
    }
    won.push(...winners.map(({ milliseconds }) => milliseconds));
    lost.push(...losers.map(({ milliseconds }) => milliseconds));
  };
  await race();
  lost.length = 0;
  won.length = 0;
  for (let round = 0; round < rounds; round++) {
    const { free: arm } = await runArms({ free: uncontended }, { rounds: 1, seconds, clients });
    free.push(arm.p99);
    for (let n = 0; n < racesPerRound; n++) await race();
  }
  return {
    uncontendedP99: quantile(free, 0.5),
    losersP50: quantile(lost, 0.5),
    losersP99: quantile(lost, 0.99),
    winnersP50: quantile(won, 0.5),
    races: rounds * racesPerRound,
  };
}

/** Every client wants provider 1, and has its own patient. */
function contender({ clinic }: ArmParts, n: number): Placement {
  return {
    appointmentId: uuidv7(),
    siteId: clinic.siteId,
    patientId: clinic.patients[n] ?? '',
    serviceId: clinic.serviceId,
    providerId: clinic.providers[0] ?? '',
    roomId: null,
    equipmentId: null,
    start: 0,
    end: quartersPerVisit,
    bufferBeforeQuarters: 0,
    bufferAfterQuarters: 0,
    patientMayOverlap: false,
  };
}

/** Races `clients` for one triple. Counts the races that more than one client won, and measures how long the losers waited. */
export async function raceMechanism(
  mechanism: Mechanism,
  placementOf: (n: number, race: number) => Placement,
  { races, clients }: { races: number; clients: number },
): Promise<{ doubleBooked: number; mostWinners: number; losersP99: number }> {
  const lost: number[] = [];
  let doubleBooked = 0;
  let mostWinners = 0;
  for (let race = 0; race < races; race++) {
    const attempts = await Promise.all(
      Array.from({ length: clients }, async (_, n) => {
        const startedAt = performance.now();
        const attempt = await mechanism.book(placementOf(n, race));
        if (attempt !== 'booked') lost.push(performance.now() - startedAt);
        return attempt;
      }),
    );
    const winners = attempts.filter((attempt) => attempt === 'booked').length;
    mostWinners = Math.max(mostWinners, winners);
    if (winners > 1) doubleBooked++;
  }
  return { doubleBooked, mostWinners, losersP99: quantile(lost, 0.99) };
}
