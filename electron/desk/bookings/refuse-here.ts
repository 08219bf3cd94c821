import type { DayView } from '../../../core/calendar/calendar.ts';
import { alternativeView, blockerView } from '../../../core/calendar/facts.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { refusalDetails } from '../../../core/contract/refusal-details.ts';
import type { BookingError, BookingFacts, Request } from '../../../core/domain/bookings/facts.ts';
import { findAlternatives } from '../../../core/domain/bookings/find-alternatives.ts';
import { maxAlternatives } from '../../../core/domain/bookings/limits.ts';
import { instantOf, minutesPerQuarter, type Quarter } from '../../../core/domain/time/quarter.ts';
import { deskProblem } from '../problems/problem.ts';

/** The request that the desk refuses, and the day and the facts by which it does. */
export interface Asked {
  readonly view: DayView;
  readonly facts: BookingFacts;
  readonly request: Request;
  readonly now: Quarter;
  /** The visit that moves: its own slots count as free. */
  readonly ignoring?: string;
}

/**
 * The problem that the server would answer with, as far as the desk knows: for a conflict with every blocker and the nearest
 * free placements of that day. The problem names patients: see `withoutPatients`.
 */
export function refuseHere(error: BookingError, asked: Asked): Problem {
  switch (error.kind) {
    case 'in-the-past':
    case 'not-offered':
    case 'unsuitable':
      return deskProblem('refused', refusalDetails[error.kind], { reason: error.kind });
    case 'conflict':
      return deskProblem('conflict', 'Something stands in the way at that time, as far as this desk knows.', {
        asked: askedOf(asked),
        blockers: error.blockers.map((blocker) => blockerView(blocker, nameIn(asked.view), descriptionIn(asked.view))),
        alternatives: findAlternatives(asked.facts, asked.request, { ...asked, limit: maxAlternatives }).map(
          (alternative) => alternativeView(alternative, nameIn(asked.view)),
        ),
      });
  }
}

function askedOf({ view, facts: { service }, request }: Asked) {
  const { appointmentId, siteId, patientId, serviceId, providerId, start, end } = request;
  return {
    appointmentId,
    siteId,
    patientId,
    serviceId,
    serviceName: service.name,
    providerId,
    providerName: nameIn(view)(providerId),
    scheduledStart: instantOf(start),
    durationMinutes: (end - start) * minutesPerQuarter,
  };
}

const nameIn = (view: DayView) => (resourceId: string) =>
  view.resources.find((resource) => resource.resourceId === resourceId)?.name ?? '';

const descriptionIn = (view: DayView) => (appointmentId: string) => {
  const appointment = view.appointments.find((other) => other.appointmentId === appointmentId);
  const patient = view.patients.find(({ patientId }) => patientId === appointment?.patientId);
  const service = view.services.find(({ serviceId }) => serviceId === appointment?.serviceId);
  return { serviceName: service?.name ?? '', patientName: patient?.displayName ?? null };
};
