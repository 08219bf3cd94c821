import { appointmentOf, bookingFactsOf } from '../../../core/calendar/facts.ts';
import { requestOf } from '../../../core/commands/book.ts';
import { decideBook } from '../../../core/domain/bookings/decide-book.ts';
import type { Placement, Request, ServiceFacts } from '../../../core/domain/bookings/facts.ts';
import { minutesPerQuarter, quarterOf, quartersIn } from '../../../core/domain/time/quarter.ts';
import { claimsOf, whatFrees } from './freed-slots.ts';
import { forecast, patientOf, registrationOf, type Forecaster } from './horizon.ts';
import { refuseHere } from './refuse-here.ts';

/** What this desk expects of a booking. */
export const forecastBook: Forecaster<'book'> = (horizon, { body }) => {
  const { shown, now } = horizon;
  const patient = patientOf(horizon, body.patientId);
  const start = quarterOf(body.scheduledStart);
  const view = shown.dayAt(body.siteId, start);
  const facts = view && bookingFactsOf(view, body.serviceId, body.patientId);
  const registration = registrationOf(horizon, body.patientId);
  if (!facts) {
    const end = start + quartersIn(body.durationMinutes ?? minutesPerQuarter);
    return forecast({ patient, waitsFor: [...registration, ...whatFrees(horizon.undecided, { start, end }, null)] });
  }
  const request = requestOf(body, facts.service);
  const decision = decideBook(facts, request, now);
  // A placement also where the desk would refuse: the server is asked all the same while it is there, and may know better.
  const placement = decision.ok ? decision.value : asAsked(request, facts.service);
  const expected = appointmentOf(placement, { version: 1, status: 'booked', arrivedAt: null });
  const waitsFor = [...registration, ...whatFrees(horizon.undecided, placement, claimsOf(expected))];
  const problem = decision.ok ? null : refuseHere(decision.error, { view, facts, request, now });
  return forecast({ expected, patient, waitsFor }, problem);
};

/** Where the desk finds no place of its own: as the command asked, with what is to be chosen left open. */
function asAsked(request: Request, service: ServiceFacts): Placement {
  const { bufferBeforeQuarters, bufferAfterQuarters, patientMayOverlap } = service;
  return { ...request, bufferBeforeQuarters, bufferAfterQuarters, patientMayOverlap };
}
