import type { Appointment } from '../../../core/calendar/appointment.ts';
import { minutesPerQuarter, quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Clinic } from '../../builders/clinic.ts';
import type { Wish } from './scenarios.ts';

/**
 * The referee knows two rules, and shares no code with the server that keeps them: a slot of a resource belongs to one
 * visit, and a patient is in one visit at a time.
 */
interface Window {
  readonly start: number;
  readonly end: number;
}

const bufferQuarters = (clinic: Clinic, serviceId: string) => (serviceId === clinic.services.full ? 1 : 0);

function slotsHeld(clinic: Clinic, visit: Window & Omit<Wish, 'start' | 'end'>): string[] {
  const buffer = bufferQuarters(clinic, visit.serviceId);
  const held: string[] = [];
  const hold = (what: string | null | undefined, around: number) => {
    if (!what) return;
    for (let q = visit.start - around; q < visit.end + around; q++) held.push(`${what} ${q}`);
  };
  hold(visit.providerId, buffer);
  hold(visit.roomId, buffer);
  hold(visit.equipmentId, 0);
  hold(visit.patientId, 0);
  return held;
}

function asVisit(winner: Appointment): Wish {
  const start = quarterOf(winner.scheduledStart);
  return {
    start,
    end: start + winner.durationMinutes / minutesPerQuarter,
    providerId: winner.providerId,
    patientId: winner.patientId ?? '',
    serviceId: winner.serviceId,
    ...(winner.roomId === null ? {} : { roomId: winner.roomId }),
    ...(winner.equipmentId === null ? {} : { equipmentId: winner.equipmentId }),
  };
}

/** Every way to grant a wish: with the named room and equipment, or with any suitable ones when none are named. */
function couldBeAdded(clinic: Clinic, wish: Wish, taken: ReadonlySet<string>): boolean {
  const rooms = wish.serviceId === clinic.services.plain ? [undefined] : wish.roomId ? [wish.roomId] : clinic.rooms;
  const equipment =
    wish.serviceId !== clinic.services.full ? [undefined] : wish.equipmentId ? [wish.equipmentId] : clinic.equipment;
  return rooms.some((roomId) =>
    equipment.some((equipmentId) => {
      const { roomId: _room, equipmentId: _equipment, ...rest } = wish;
      const visit = { ...rest, ...(roomId ? { roomId } : {}), ...(equipmentId ? { equipmentId } : {}) };
      return slotsHeld(clinic, visit).every((slot) => !taken.has(slot));
    }),
  );
}

/** Finds the faults of a round: winners that share a slot or a patient, and losers for whom there was room. Empty when fair. */
export function judgeRound(clinic: Clinic, winners: readonly Appointment[], losers: readonly Wish[]): string[] {
  const wrongs: string[] = [];
  const taken = new Set<string>();
  for (const slot of winners.flatMap((winner) => slotsHeld(clinic, asVisit(winner)))) {
    if (taken.has(slot)) wrongs.push(`double booked: ${slot}`);
    taken.add(slot);
  }
  if (winners.length === 0) wrongs.push('nobody won');
  for (const loser of losers) {
    if (couldBeAdded(clinic, loser, taken)) wrongs.push(`refused without need: ${JSON.stringify(loser)}`);
  }
  return wrongs;
}
