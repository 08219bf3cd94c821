import { claimedIntervals, heldInterval } from '../domain/bookings/claimed-slots.ts';
import type {
  Alternative,
  AppointmentFacts,
  Blocker,
  BookingFacts,
  CalendarFacts,
  Placement,
  ServiceFacts,
} from '../domain/bookings/facts.ts';
import { holdsSlots } from '../domain/statuses.ts';
import { instantOf, minutesPerQuarter, quarterOf, quartersIn } from '../domain/time/quarter.ts';
import type { Appointment } from './appointment.ts';
import type { DayView, Service } from './calendar.ts';
import type { AlternativeView, BlockerView } from './conflict.ts';

// This file converts between what travels (instants, minutes) and what decisions take (quarters).

/** A service in quarters. Throws RangeError for minutes that are not a multiple of 15. */
export function serviceFactsOf(service: Service): ServiceFacts {
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, ...same } = service;
  return {
    ...same,
    durationQuarters: quartersIn(durationMinutes),
    bufferBeforeQuarters: quartersIn(bufferBeforeMinutes),
    bufferAfterQuarters: quartersIn(bufferAfterMinutes),
  };
}

/** An appointment in quarters. Throws RangeError for times and minutes off a 15-minute boundary. */
export function appointmentFactsOf(appointment: Appointment): AppointmentFacts {
  const {
    scheduledStart,
    durationMinutes,
    bufferBeforeMinutes,
    bufferAfterMinutes,
    arrivedAt: _,
    holdsUntil,
    ...same
  } = appointment;
  const start = quarterOf(scheduledStart);
  return {
    ...same,
    start,
    end: start + quartersIn(durationMinutes),
    bufferBeforeQuarters: quartersIn(bufferBeforeMinutes),
    bufferAfterQuarters: quartersIn(bufferAfterMinutes),
    holdsUntil: holdsUntil === null ? null : quarterOf(holdsUntil),
  };
}

/** The appointment that a placement makes, in instants and minutes: what a calendar shows before the server answers. */
export function appointmentOf(
  placement: Placement,
  state: Pick<Appointment, 'version' | 'status' | 'arrivedAt'>,
): Appointment {
  const { start, end, bufferBeforeQuarters, bufferAfterQuarters, ...same } = placement;
  return {
    ...same,
    ...state,
    holdsUntil: null,
    scheduledStart: instantOf(start),
    durationMinutes: (end - start) * minutesPerQuarter,
    bufferBeforeMinutes: bufferBeforeQuarters * minutesPerQuarter,
    bufferAfterMinutes: bufferAfterQuarters * minutesPerQuarter,
  };
}

function standingAppointments(view: DayView): AppointmentFacts[] {
  return view.appointments.filter(({ status }) => holdsSlots(status)).map(appointmentFactsOf);
}

/** What one day view says of its site's slots. Slots of other sites and beyond the day look closed. */
export function calendarFactsOf(view: DayView): CalendarFacts {
  const { siteId } = view.site;
  return {
    siteId,
    resources: view.resources,
    openRuns: view.openRuns.map(({ resourceId, startsAt, endsAt, capacity }) => ({
      resourceId,
      siteId,
      capacity,
      start: quarterOf(startsAt),
      end: quarterOf(endsAt),
    })),
    occupancies: standingAppointments(view).flatMap((appointment) =>
      claimedIntervals(appointment).map(({ resourceId, interval }) => ({
        resourceId,
        appointmentId: appointment.appointmentId,
        ...interval,
      })),
    ),
  };
}

/**
 * What a booking decision can know from one day view; null where the site does not offer the service. The view lacks the
 * patient's visits on other days and at other sites; the server knows those.
 */
export function bookingFactsOf(view: DayView, serviceId: string, patientId: string | null): BookingFacts | null {
  const service = view.services.find((candidate) => candidate.serviceId === serviceId);
  if (!service) return null;
  const own = standingAppointments(view).filter(
    (appointment) => patientId !== null && appointment.patientId === patientId && !appointment.patientMayOverlap,
  );
  return {
    service: serviceFactsOf(service),
    calendar: calendarFactsOf(view),
    patientVisits: own.flatMap(({ appointmentId, siteId, start, end, holdsUntil }) => {
      const held = heldInterval({ start, end }, holdsUntil);
      return held ? [{ appointmentId, siteId, ...held }] : [];
    }),
  };
}

type NameOf = (resourceId: string) => string;
type DescriptionOf = (appointmentId: string) => { readonly serviceName: string; readonly patientName: string | null };

/** An alternative as it travels: in instants and minutes, with names. `nameOf` gives a resource's name. */
export function alternativeView(alternative: Alternative, nameOf: NameOf): AlternativeView {
  const { start, end, providerId, roomId, equipmentId } = alternative;
  return {
    scheduledStart: instantOf(start),
    durationMinutes: (end - start) * minutesPerQuarter,
    providerId,
    providerName: nameOf(providerId),
    roomId,
    roomName: roomId === null ? null : nameOf(roomId),
    equipmentId,
    equipmentName: equipmentId === null ? null : nameOf(equipmentId),
  };
}

/**
 * A blocker as it travels. `descriptionOf` names a visit; it gives null as the patient's name where the reader may not see
 * it.
 */
export function blockerView(blocker: Blocker, nameOf: NameOf, descriptionOf: DescriptionOf): BlockerView {
  const window = { startsAt: instantOf(blocker.start), endsAt: instantOf(blocker.end) };
  switch (blocker.reason) {
    case 'taken': {
      const { reason, kind, resourceId, appointmentId } = blocker;
      const { serviceName, patientName } = descriptionOf(appointmentId);
      const resourceName = nameOf(resourceId);
      return { reason, ...window, kind, resourceId, resourceName, appointmentId, serviceName, patientName };
    }
    case 'closed': {
      const { reason, kind, resourceId } = blocker;
      return { reason, ...window, kind, resourceId, resourceName: nameOf(resourceId) };
    }
    case 'none-suitable':
      return { reason: blocker.reason, ...window, kind: blocker.kind, needed: blocker.needed };
    case 'patient-busy': {
      const { reason, appointmentId } = blocker;
      const { serviceName, patientName } = descriptionOf(appointmentId);
      return { reason, ...window, appointmentId, serviceName, patientName };
    }
  }
}
