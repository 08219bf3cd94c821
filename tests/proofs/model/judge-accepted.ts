import { isDeepStrictEqual } from 'node:util';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import { instantOf, minutesPerQuarter, quarterDuring, quarterOf } from '../../../core/domain/time/quarter.ts';
import {
  inTheWay,
  isSuited,
  slotKey,
  withCancelledFrom,
  withMessage,
  withSeats,
  withVisit,
  type Calendar,
  type Message,
  type Wish,
} from './calendar-model.ts';
import { now } from './clinic-of-plan.ts';
import type { ModelCommand } from './commands-of-plan.ts';
import { refusalsOf, transitionRules, wishOfBooking, wishOfMove, type TransitionRule } from './rules.ts';

/** The calendar after an accepted command and whether the command changed it, or why it should have been refused. */
export type Accepted =
  | { readonly ok: true; readonly after: Calendar; readonly changed: boolean }
  | { readonly ok: false; readonly complaint: string };

const complain = (complaint: string): Accepted => ({ ok: false, complaint });

/** The wish with the room and the equipment of the outcome; null when those are not what the wish needs. */
function withChoices(wish: Wish, outcome: Appointment): Wish | null {
  const { service } = wish;
  const isRoomRight = wish.roomId === null ? (outcome.roomId !== null) === (service.room !== 'none') : true;
  const isEquipmentRight = wish.equipmentId === null ? (outcome.equipmentId !== null) === service.needsEquipment : true;
  if (!isRoomRight || !isEquipmentRight) return null;
  return {
    ...wish,
    roomId: wish.roomId ?? outcome.roomId,
    equipmentId: wish.equipmentId ?? outcome.equipmentId,
  };
}

/** The visit that grants the wish. */
function visitOf(
  wish: Wish,
  state: Pick<Appointment, 'appointmentId' | 'siteId' | 'version' | 'status' | 'arrivedAt' | 'holdsUntil'>,
): Appointment {
  return {
    ...state,
    patientId: wish.patientId,
    serviceId: wish.service.serviceId,
    providerId: wish.providerId,
    roomId: wish.roomId,
    equipmentId: wish.equipmentId,
    scheduledStart: instantOf(wish.start),
    durationMinutes: (wish.end - wish.start) * minutesPerQuarter,
    bufferBeforeMinutes: wish.service.bufferBefore * minutesPerQuarter,
    bufferAfterMinutes: wish.service.bufferAfter * minutesPerQuarter,
    patientMayOverlap: wish.service.patientMayOverlap,
  };
}

function placed(
  calendar: Calendar,
  wish: Wish,
  state: Pick<Appointment, 'appointmentId' | 'siteId' | 'version' | 'status' | 'arrivedAt' | 'holdsUntil'>,
  outcome: Appointment,
): Accepted {
  const chosen = withChoices(wish, outcome);
  if (!chosen) return complain('has other rooms or equipment than the service needs');
  if (!isSuited(calendar.clinic, chosen)) return complain('was given a room or equipment that does not do');
  const lines = inTheWay(calendar, chosen, state.appointmentId);
  if (lines.length > 0) return complain(`was accepted though in its way was: ${lines.join('; ')}`);
  const due = visitOf(chosen, state);
  if (!isDeepStrictEqual(outcome, due)) {
    return complain(`left ${JSON.stringify(outcome)} where ${JSON.stringify(due)} was due`);
  }
  return { ok: true, after: withVisit(calendar, due), changed: true };
}

const mustHaveArrived: readonly Appointment['status'][] = ['arrived', 'checked-in', 'fulfilled'];

/** The time of arrival after a transition. The model has no clock: a first arrival is at the time that the outcome names. */
function arrivalDue({ hasArrived }: TransitionRule, before: string | null, outcome: Appointment): string | null {
  if (hasArrived === false) return null;
  return hasArrived ? (before ?? outcome.arrivedAt) : before;
}

function transitioned(calendar: Calendar, visit: Appointment, rule: TransitionRule, outcome: Appointment) {
  const changed = visit.status !== rule.to;
  const arrivedAt = arrivalDue(rule, visit.arrivedAt, outcome);
  const holdsUntil = rule.to === 'noshow' ? instantOf(quarterDuring(now) + 1) : null;
  const due = changed ? { ...visit, status: rule.to, version: visit.version + 1, arrivedAt, holdsUntil } : visit;
  if (!isDeepStrictEqual(outcome, due)) {
    return complain(`left ${JSON.stringify(outcome)} where ${JSON.stringify(due)} was due`);
  }
  if (mustHaveArrived.includes(due.status) !== (due.arrivedAt !== null) && due.status !== 'cancelled') {
    return complain(`is ${due.status}, and its arrival is ${String(due.arrivedAt)}`);
  }
  return { ok: true, after: withVisit(calendar, due), changed } as const;
}

function reinstated(calendar: Calendar, visit: Appointment, outcome: Appointment): Accepted {
  const status = calendar.cancelledFrom.get(visit.appointmentId);
  if (status === undefined) return complain('was brought back, and nobody had cancelled it');
  const due = { ...visit, status, version: visit.version + 1 };
  if (!isDeepStrictEqual(outcome, due)) {
    return complain(`left ${JSON.stringify(outcome)} where ${JSON.stringify(due)} was due`);
  }
  return { ok: true, after: withVisit(calendar, due), changed: true };
}

/** The message that the patient gets for each type of command. */
const told: Readonly<Partial<Record<ModelCommand['type'], Message['kind']>>> = {
  book: 'booked',
  move: 'moved',
  cancel: 'cancelled',
  reinstate: 'reinstated',
};

/** Judges an accepted command at its place in the order of commits. */
export function accept(calendar: Calendar, typed: ModelCommand, outcome: Outcome): Accepted {
  const accepted = acceptChange(calendar, typed, outcome);
  if (!accepted.ok || !accepted.changed || typed.type === 'raise-capacity') return accepted;
  const { appointmentId } = typed.command.body;
  const kind = told[typed.type];
  const status = calendar.visits.get(appointmentId)?.status;
  let { after } = accepted;
  if (typed.type === 'cancel' && status !== undefined) after = withCancelledFrom(after, appointmentId, status);
  if (kind) after = withMessage(after, typed.command, { kind, appointmentId });
  return { ...accepted, after };
}

function acceptChange(calendar: Calendar, typed: ModelCommand, { appointment }: Outcome): Accepted {
  const [refusal] = refusalsOf(calendar, typed);
  if (refusal) return complain(`was accepted, but is refused there: ${refusal.code} ${refusal.says.join('; ')}`);
  const { type, command } = typed;
  if (type === 'raise-capacity') {
    const { resourceId, slotStarts, capacity } = command.body;
    const slots = slotStarts.map((start) => slotKey(resourceId, quarterOf(start)));
    return appointment === null
      ? { ok: true, after: withSeats(calendar, slots, capacity), changed: true }
      : complain('changed an appointment');
  }
  if (!appointment) return complain('has no appointment to show');
  if (type === 'book') {
    const wish = wishOfBooking(calendar, command.body);
    if (!wish) return complain('is for a service that is not there');
    const { appointmentId, siteId } = command.body;
    return placed(
      calendar,
      wish,
      { appointmentId, siteId, version: 1, status: 'booked', arrivedAt: null, holdsUntil: null },
      appointment,
    );
  }
  const visit = calendar.visits.get(command.body.appointmentId);
  if (!visit) return complain('is about a visit that is not there');
  if (type === 'move') {
    return placed(
      calendar,
      wishOfMove(calendar, visit, command.body),
      { ...visit, version: visit.version + 1 },
      appointment,
    );
  }
  if (type === 'reinstate') return reinstated(calendar, visit, appointment);
  return transitioned(calendar, visit, transitionRules[type], appointment);
}
