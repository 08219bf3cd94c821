import type { Visit } from '../calendar/columns.ts';

/** Hundreds of rows at once hold the screen up. */
const atOnce = 30;

const idOf = (visit: Visit) => visit.appointment.appointmentId;

/** The list with so many of the visits that are new to it, for useHandfuls. Another day's is there at once. */
export function nextListed(listed: readonly Visit[], newest: readonly Visit[]): readonly Visit[] {
  const known = new Set(listed.map(idOf));
  const added = newest.filter((visit) => !known.has(idOf(visit)));
  if (added.length <= atOnce || added.length === newest.length) return newest;
  const later = new Set(added.slice(atOnce));
  return newest.filter((visit) => !later.has(visit));
}
