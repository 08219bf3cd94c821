import { isDeepStrictEqual } from 'node:util';

import type { DayView } from '../../../../core/calendar/calendar.ts';
import type { Truth } from './load-truth.ts';

/** The differences between a desk's held day and the server's, in words; empty when the two are equal. */
export function compareDay(view: DayView, truth: Truth): string[] {
  const differences: string[] = [];
  const from = Date.parse(view.startsAt);
  const until = Date.parse(view.endsAt);
  const due = truth.appointments.filter((visit) => {
    const start = Date.parse(visit.scheduledStart);
    const end = start + visit.durationMinutes * 60_000;
    const holds = visit.status !== 'cancelled' && visit.status !== 'entered-in-error';
    // A visit that reaches into the day with its buffers alone blocks slots there too.
    return (
      holds && start - visit.bufferBeforeMinutes * 60_000 < until && end + visit.bufferAfterMinutes * 60_000 > from
    );
  });
  const found = new Map(view.appointments.map((visit) => [visit.appointmentId, visit]));
  for (const visit of due) {
    const held = found.get(visit.appointmentId);
    if (!held) differences.push(`${view.date} lacks ${visit.appointmentId}, version ${visit.version}, ${visit.status}`);
    else if (!isDeepStrictEqual({ ...held }, { ...visit })) {
      differences.push(`${view.date} has ${JSON.stringify(held)} for ${JSON.stringify(visit)}`);
    }
  }
  const dueIds = new Set(due.map(({ appointmentId }) => appointmentId));
  for (const { appointmentId, version, status } of view.appointments) {
    if (!dueIds.has(appointmentId))
      differences.push(`${view.date} has ${appointmentId}, version ${version}, ${status}`);
  }
  const names = new Map(truth.patients.map((patient) => [patient.patientId, patient]));
  const shown = new Map(view.patients.map((patient) => [patient.patientId, patient]));
  for (const { patientId } of due) {
    if (patientId !== null && !isDeepStrictEqual({ ...shown.get(patientId) }, { ...names.get(patientId) })) {
      differences.push(`${view.date} does not know the patient ${patientId}`);
    }
  }
  differences.push(...compareSlots(view, truth, from / 900_000, until / 900_000));
  return differences;
}

function compareSlots(view: DayView, truth: Truth, from: number, until: number): string[] {
  const slotsHeld = new Set<string>();
  for (const { resourceId, startsAt, endsAt, capacity } of view.openRuns) {
    for (let quarter = Date.parse(startsAt) / 900_000; quarter < Date.parse(endsAt) / 900_000; quarter++) {
      if (quarter >= from && quarter < until) slotsHeld.add(`${resourceId} ${quarter} ${capacity}`);
    }
  }
  const slotsDue = new Set(
    truth.slots
      .filter(({ quarter }) => quarter >= from && quarter < until)
      .map(({ resourceId, quarter, capacity }) => `${resourceId} ${quarter} ${capacity}`),
  );
  const differing = slotsHeld.symmetricDifference(slotsDue).size;
  return differing === 0 ? [] : [`${view.date} differs in ${differing} open slots`];
}
