import { replaceEqualDeep } from '@tanstack/react-query';

import type { DeskDay } from '../../core/contract/desk/desk-day.ts';

/**
 * The new day, in which everything unchanged is the same object as in the old day. So a change draws its own column and no
 * other. Visits and patients are matched by their ids, because one inserted visit shifts all that follow.
 */
export function reuseUnchanged(before: DeskDay | undefined, after: DeskDay): DeskDay {
  if (!before) return after;
  // The old day got a decision put in, so its unchanged parts are the same objects already. Comparing all visits for each of
  // the sixty decisions that arrive at once after hours offline would block the page.
  if (before.view.resources === after.view.resources) return after;
  const { appointments, patients, ...rest } = after.view;
  const { appointments: oldAppointments, patients: oldPatients, ...oldRest } = before.view;
  const view = {
    ...replaceEqualDeep(oldRest, rest),
    appointments: shareById(oldAppointments, appointments, ({ appointmentId }) => appointmentId),
    patients: shareById(oldPatients, patients, ({ patientId }) => patientId),
  };
  const provisional = replaceEqualDeep(before.provisional, after.provisional);
  return oldIfSame(before, { ...after, provisional, view: oldIfSame(before.view, view) });
}

function shareById<T>(before: T[], after: T[], idOf: (item: T) => string): T[] {
  const known = new Map(before.map((item) => [idOf(item), item]));
  const shared = after.map((item) => replaceEqualDeep(known.get(idOf(item)), item));
  return shared.length === before.length ? oldIfSame(before, shared) : shared;
}

function oldIfSame<T extends object>(before: T, after: T): T {
  return (Object.keys(after) as (keyof T)[]).every((key) => before[key] === after[key]) ? before : after;
}
