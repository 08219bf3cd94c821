import type { Appointment, Patient } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf, appointmentOf, bookingFactsOf } from '../../../core/calendar/facts.ts';
import { requestOf } from '../../../core/commands/book.ts';
import type { Command, TypedCommand } from '../../../core/commands/list.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { decideBook } from '../../../core/domain/bookings/decide-book.ts';
import { decideMove } from '../../../core/domain/bookings/decide-move.ts';
import type { Placement, Request, ServiceFacts } from '../../../core/domain/bookings/facts.ts';
import { decideTransition, type TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { quarterOf, quartersIn, type Quarter } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { ShownDays } from '../days/shown-days.ts';
import { deskProblem } from '../problems/problem.ts';
import { loadCommand, type Forecast, type StoredCommand } from '../store/outbox.ts';
import { loadPatient } from '../store/patients.ts';
import { claimsOf, raisedBy, whatFrees } from './freed-slots.ts';
import { refuseHere } from './refuse-here.ts';

/** What the desk knows when a command is made. */
export interface Horizon {
  readonly store: Store;
  readonly orgId: string;
  readonly now: Quarter;
  readonly undecided: readonly StoredCommand[];
  readonly shown: ShownDays;
}

/** What the desk makes of a command, and why it would refuse it; null: it knows nothing against it. */
export interface LocalDecision {
  readonly forecast: Forecast;
  readonly problem: Problem | null;
}

/**
 * Decides a command by the rules of the server (core/domain), from the days that this desk holds and what it has not sent
 * yet. The server judges; this says what to show until it has, and what is senseless to keep while it is away.
 */
export function forecastOf(horizon: Horizon, typed: TypedCommand): LocalDecision {
  switch (typed.type) {
    case 'book':
      return forecastBook(horizon, typed.command.body);
    case 'move':
      return forecastMove(horizon, typed.command);
    case 'reinstate':
      return forecastReinstate(horizon, typed.command);
    case 'cancel':
    case 'check-in':
    case 'un-arrive':
      return forecastTransition(horizon, typed.type, typed.command.body.appointmentId);
    case 'raise-capacity':
      return plain({ frees: raisedBy(typed.command.body) });
    case 'register-patient': {
      const { patientId, displayName, birthDate, phone, alert } = typed.command.body;
      return plain({ patient: { patientId, displayName, birthDate, phone, alert } });
    }
    case 'join-waitlist':
      return plain({
        patient: patientOf(horizon, typed.command.body.patientId),
        waitsFor: registrationOf(horizon, typed.command.body.patientId),
      });
    case 'leave-waitlist':
      return plain({});
  }
}

function plain(forecast: Partial<Forecast>, problem: Problem | null = null): LocalDecision {
  return { forecast: { expected: null, patient: null, waitsFor: [], frees: [], ...forecast }, problem };
}

function forecastBook(horizon: Horizon, body: Command<'book'>['body']): LocalDecision {
  const { shown, now } = horizon;
  const patient = patientOf(horizon, body.patientId);
  const start = quarterOf(body.scheduledStart);
  const view = shown.dayAt(body.siteId, start);
  const facts = view && bookingFactsOf(view, body.serviceId, body.patientId);
  const registration = registrationOf(horizon, body.patientId);
  if (!facts) {
    const end = start + quartersIn(body.durationMinutes ?? 15);
    return plain({ patient, waitsFor: [...registration, ...whatFrees(horizon.undecided, { start, end }, null)] });
  }
  const request = requestOf(body, facts.service);
  const decision = decideBook(facts, request, now);
  // What is shown where the server is asked all the same: it may know better.
  const placement = decision.ok ? decision.value : asAsked(request, facts.service);
  const expected = appointmentOf(placement, { version: 1, status: 'booked', arrivedAt: null });
  const waitsFor = [...registration, ...whatFrees(horizon.undecided, placement, claimsOf(expected))];
  const problem = decision.ok ? null : refuseHere(decision.error, { view, facts, request, now });
  return plain({ expected, patient, waitsFor }, problem);
}

function forecastMove(horizon: Horizon, { body, precondition }: Command<'move'>): LocalDecision {
  const { appointmentId, scheduledStart, durationMinutes, providerId, roomId, equipmentId } = body;
  const current = horizon.shown.visit(appointmentId);
  if (!current) return plain({ frees: null, waitsFor: whatFrees(horizon.undecided, null, null) });
  if ('version' in precondition && precondition.version < current.version) {
    const detail = 'Someone changed this visit meanwhile. Look at it and decide again.';
    return plain({ frees: claimsOf(current) }, deskProblem('stale-version', detail, { current }));
  }
  const change = {
    start: scheduledStart === undefined ? undefined : quarterOf(scheduledStart),
    durationQuarters: durationMinutes === undefined ? undefined : quartersIn(durationMinutes),
    providerId,
    roomId,
    equipmentId,
  };
  return forecastPlace(horizon, current, change, current);
}

/** The visit comes back to where it was, if its slots are still free; as what it was, where this desk knows that. */
function forecastReinstate(horizon: Horizon, { body, undoes }: Command<'reinstate'>): LocalDecision {
  const current = horizon.shown.visit(body.appointmentId);
  if (!current) return plain({ waitsFor: whatFrees(horizon.undecided, null, null) });
  const before = undoes === undefined ? null : loadCommand(horizon.store, undoes)?.expected;
  const { status, arrivedAt } = before ?? { status: 'booked' as const, arrivedAt: null };
  return { ...forecastPlace(horizon, current, {}, { ...current, status, arrivedAt }) };
}

function forecastPlace(
  horizon: Horizon,
  current: Appointment,
  change: Parameters<typeof decideMove>[2],
  after: Pick<Appointment, 'version' | 'status' | 'arrivedAt'>,
): LocalDecision {
  const { shown, now, undecided } = horizon;
  const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
  const state = { version: current.version + 1, status: after.status, arrivedAt: after.arrivedAt };
  const facts = appointmentFactsOf(current);
  const frees = claimsOf(current);
  const start = change.start ?? facts.start;
  const window = { start, end: start + (change.durationQuarters ?? facts.end - facts.start) };
  const view = shown.dayAt(current.siteId, start);
  const bookingFacts = view && bookingFactsOf(view, current.serviceId, current.patientId);
  const { start: _, durationQuarters: __, ...named } = change;
  const asked: Placement = { ...facts, ...window, ...withoutUndefined(named) };
  if (!bookingFacts) {
    return plain({
      expected: appointmentOf(asked, state),
      patient,
      frees,
      waitsFor: whatFrees(undecided, window, null),
    });
  }
  const decision = decideMove(bookingFacts, facts, change, now);
  const expected = appointmentOf(decision.ok ? decision.value : asked, state);
  const waitsFor = whatFrees(undecided, window, claimsOf(expected)).filter((id) => !isAbout(undecided, id, current));
  const problem = decision.ok
    ? null
    : refuseHere(decision.error, {
        view,
        facts: bookingFacts,
        request: asked,
        now,
        ignoring: current.appointmentId,
      });
  return plain({ expected, patient, frees, waitsFor }, problem);
}

function forecastTransition(horizon: Horizon, type: TransitionType, appointmentId: string): LocalDecision {
  const current = horizon.shown.visit(appointmentId);
  if (!current) return plain({ frees: type === 'cancel' ? null : [] });
  const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
  const forecast = { expected: current, patient, frees: type === 'cancel' ? claimsOf(current) : [] };
  if (decideTransition(type, current.status).kind !== 'not-allowed') return plain(forecast);
  const detail = `The visit is ${current.status}; that does not allow it.`;
  return plain(forecast, deskProblem('status-conflict', detail, { current }));
}

/** Where the desk finds no place of its own: as it was asked, with what is to be chosen left open. */
function asAsked(request: Request, service: ServiceFacts): Placement {
  const { bufferBeforeQuarters, bufferAfterQuarters, patientMayOverlap } = service;
  return { ...request, bufferBeforeQuarters, bufferAfterQuarters, patientMayOverlap };
}

/** Of one lane the order is kept anyway. */
function isAbout(undecided: readonly StoredCommand[], commandId: string, { appointmentId }: Appointment): boolean {
  return undecided.some(({ typed, lane }) => typed.command.commandId === commandId && lane === appointmentId);
}

function patientOf({ store, orgId, undecided }: Horizon, patientId: string): Patient | null {
  const registered = undecided.find(({ typed, lane }) => typed.type === 'register-patient' && lane === patientId);
  return registered?.patient ?? loadPatient(store, orgId, patientId);
}

/** The patient's registration, where the server has not decided it. */
function registrationOf({ undecided }: Horizon, patientId: string): string[] {
  return undecided.flatMap(({ typed, lane }) =>
    typed.type === 'register-patient' && lane === patientId ? [typed.command.commandId] : [],
  );
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
