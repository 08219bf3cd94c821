import type { Random } from '../../../../build/demo/seeded-random.ts';
import type { Appointment } from '../../../../core/calendar/appointment.ts';

/** Visits as desks last knew them. Like a person's memory, they may be out of date. */
export interface KnownVisits {
  learn(visit: Appointment): void;
  /** Draws a visit of this kind; null when there is none. `hot` visits are drawn more often than their share. */
  pick(which: 'standing' | 'cancelled', random: Random): Appointment | null;
}

const rememberedCancelled = 200;

export function openKnownVisits(isHot: (visit: Appointment) => boolean): KnownVisits {
  const known = new Map<string, Appointment>();
  const standing = { hot: new Set<string>(), other: new Set<string>() };
  const cancelled: string[] = [];

  return {
    learn(visit) {
      const before = known.get(visit.appointmentId);
      if (before && before.version >= visit.version) return;
      known.set(visit.appointmentId, visit);
      standing.hot.delete(visit.appointmentId);
      standing.other.delete(visit.appointmentId);
      if (visit.status !== 'cancelled') (isHot(visit) ? standing.hot : standing.other).add(visit.appointmentId);
      else {
        cancelled.push(visit.appointmentId);
        if (cancelled.length > rememberedCancelled) cancelled.shift();
      }
    },
    pick(which, random) {
      const ids = which === 'cancelled' ? cancelled : [...(random.chance(0.6) ? standing.hot : standing.other)];
      return ids.length === 0 ? null : (known.get(random.pick(ids)) ?? null);
    },
  };
}
