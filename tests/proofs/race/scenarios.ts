import type { Random } from '../../../build/demo/seeded-random.ts';
import { instantOf, minutesPerQuarter, type Quarter } from '../../../core/domain/time/quarter.ts';
import type { Clinic } from '../../builders/clinic.ts';

/** One client's wish in a round: the body of a book command, and its window in quarters. */
export interface Wish {
  readonly start: Quarter;
  readonly end: Quarter;
  readonly providerId: string;
  readonly patientId: string;
  readonly serviceId: string;
  readonly roomId?: string;
  readonly equipmentId?: string;
}

/** The length of a round's stretch of the calendar. No other round uses that stretch. */
export const quartersPerRound = 8;

interface Round {
  readonly clinic: Clinic;
  readonly clients: number;
  readonly from: Quarter;
  readonly random: Random;
}

const at = <T>(items: readonly T[], n: number): T => items[n % items.length] as T;

function wishes(
  { clinic, clients }: Round,
  wish: (n: number) => Omit<Wish, 'patientId'> & { patientId?: string },
): Wish[] {
  return Array.from({ length: clients }, (_, n) => ({ patientId: at(clinic.patients, n), ...wish(n) }));
}

/** What the clients of a round ask for at once. In each scenario at least two wishes exclude each other. */
export const scenarios = {
  'same window, same provider, room and equipment': (round: Round) => {
    const { clinic, from, random } = round;
    const triple = {
      providerId: random.pick(clinic.providers),
      roomId: random.pick(clinic.rooms),
      equipmentId: random.pick(clinic.equipment),
      serviceId: clinic.services.full,
    };
    return wishes(round, () => ({ ...triple, start: from + 2, end: from + 4 }));
  },
  'overlapping windows, same provider': (round: Round) => {
    const { clinic, from, random } = round;
    const providerId = random.pick(clinic.providers);
    return wishes(round, () => {
      const start = from + random.whole(0, 4);
      return { providerId, serviceId: clinic.services.plain, start, end: start + random.whole(1, 3) };
    });
  },
  'different providers, one room': (round: Round) => {
    const { clinic, from, random } = round;
    const roomId = random.pick(clinic.rooms);
    return wishes(round, (n) => {
      const start = from + random.whole(0, 3);
      return { providerId: at(clinic.providers, n), roomId, serviceId: clinic.services.room, start, end: start + 2 };
    });
  },
  'different providers and rooms, one piece of equipment': (round: Round) => {
    const { clinic, from, random } = round;
    const equipmentId = random.pick(clinic.equipment);
    return wishes(round, (n) => ({
      providerId: at(clinic.providers, n),
      roomId: at(clinic.rooms, n),
      equipmentId,
      serviceId: clinic.services.full,
      start: from + 2 + (n % 2),
      end: from + 4 + (n % 2),
    }));
  },
  'more clients than rooms, the server chooses': (round: Round) => {
    const { clinic, from } = round;
    return wishes(round, (n) => ({
      providerId: at(clinic.providers, n),
      serviceId: clinic.services.room,
      start: from + 2,
      end: from + 4,
    }));
  },
  'one patient, different providers': (round: Round) => {
    const { clinic, from, random } = round;
    const patientId = random.pick(clinic.patients);
    return wishes(round, (n) => {
      const start = from + random.whole(0, 3);
      return {
        patientId,
        providerId: at(clinic.providers, n),
        serviceId: clinic.services.plain,
        start,
        end: start + 2,
      };
    });
  },
} as const satisfies Record<string, (round: Round) => Wish[]>;

export type ScenarioName = keyof typeof scenarios;

/** The body of the book command for a wish. */
export function bookBody(clinic: Clinic, appointmentId: string, wish: Wish) {
  const { start, end, ...asked } = wish;
  return {
    ...asked,
    appointmentId,
    siteId: clinic.siteId,
    scheduledStart: instantOf(start),
    durationMinutes: (end - start) * minutesPerQuarter,
  };
}
