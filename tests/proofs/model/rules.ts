import type { Appointment } from '../../../core/calendar/appointment.ts';
import type { Command } from '../../../core/commands/list.ts';
import { parentOf } from '../../../core/commands/list.ts';
import { instantOf, quarterOf, quartersIn } from '../../../core/domain/time/quarter.ts';
import type { ProblemCode } from '../../../core/primitives/problem-codes.ts';
import { endOf, inTheWay, isSuited, slotKey, startOf, type Calendar, type Wish } from './calendar-model.ts';
import { now } from './clinic-of-plan.ts';
import type { ModelCommand } from './commands-of-plan.ts';
import type { TransitionIntent } from './plan.ts';

/** Why a command cannot be done: the problem's code, and the lines that the answer must contain. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly says: readonly string[];
}

type Status = Appointment['status'];

export interface TransitionRule {
  readonly from: readonly Status[];
  readonly to: Status;
  /** Whether the patient has arrived after the transition; null: as before. */
  readonly hasArrived: boolean | null;
  /** The visit must have begun. Every visit of the model is of today. */
  readonly hasBegun?: true;
}

/** The statuses that a transition starts from, and its target. In the target status it succeeds and changes nothing. */
export const transitionRules: Readonly<Record<TransitionIntent['type'], TransitionRule>> = {
  cancel: { from: ['booked', 'arrived', 'checked-in'], to: 'cancelled', hasArrived: null },
  arrive: { from: ['booked'], to: 'arrived', hasArrived: true },
  'check-in': { from: ['booked', 'arrived'], to: 'checked-in', hasArrived: true },
  fulfil: { from: ['arrived', 'checked-in'], to: 'fulfilled', hasArrived: null },
  'no-show': { from: ['booked'], to: 'noshow', hasArrived: null, hasBegun: true },
  'un-arrive': { from: ['arrived', 'checked-in', 'fulfilled'], to: 'booked', hasArrived: false },
  'un-check-in': { from: ['checked-in', 'fulfilled'], to: 'arrived', hasArrived: null },
  'un-fulfil': { from: ['fulfilled'], to: 'checked-in', hasArrived: null },
  'un-no-show': { from: ['noshow'], to: 'booked', hasArrived: null },
};

/** The statuses in which nobody moves a visit: it is over, or gave its slots back. */
const unmoved: readonly Status[] = ['cancelled', 'fulfilled', 'noshow'];

const refusal = (code: ProblemCode, ...says: readonly string[]): Refusal => ({ code, says });

/** Null when there is no such service. */
export function wishOfBooking(calendar: Calendar, body: Command<'book'>['body']): Wish | null {
  const service = calendar.clinic.services.find(({ serviceId }) => serviceId === body.serviceId);
  if (!service) return null;
  const start = quarterOf(body.scheduledStart);
  return {
    patientId: body.patientId,
    service,
    providerId: body.providerId,
    roomId: body.roomId ?? null,
    equipmentId: body.equipmentId ?? null,
    start,
    end: start + (body.durationMinutes === undefined ? service.duration : quartersIn(body.durationMinutes)),
  };
}

/** The wish of a move. The room or the equipment may change where the service needs one. */
export function wishOfMove(calendar: Calendar, visit: Appointment, body: Command<'move'>['body']): Wish {
  const service = calendar.clinic.services.find(({ serviceId }) => serviceId === visit.serviceId);
  if (!service) throw new Error('a visit of a service that nobody planned');
  const start = body.scheduledStart === undefined ? startOf(visit) : quarterOf(body.scheduledStart);
  const length = body.durationMinutes === undefined ? endOf(visit) - startOf(visit) : quartersIn(body.durationMinutes);
  return {
    patientId: visit.patientId,
    service,
    providerId: body.providerId ?? visit.providerId,
    roomId: body.roomId ?? (service.room === 'none' ? visit.roomId : null),
    equipmentId: body.equipmentId ?? (service.needsEquipment ? null : visit.equipmentId),
    start,
    end: start + length,
  };
}

/** The wish of a reinstatement, and of a visit whose patient came after all: the visit exactly as it was. */
export function wishOfReinstating(calendar: Calendar, visit: Appointment): Wish {
  const { roomId, equipmentId } = visit;
  return { ...wishOfMove(calendar, visit, { appointmentId: visit.appointmentId }), roomId, equipmentId };
}

/** The version that the sender of a command saw; null when the command that it follows left no such visit. */
function seenVersion(seen: Calendar, command: Command<'move' | 'reinstate'>): number | null {
  if ('version' in command.precondition) return command.precondition.version;
  const left = seen.verdicts.get(command.precondition.afterCommandId);
  const isThisVisit = left !== 'refused' && left?.appointmentId === command.body.appointmentId;
  return isThisVisit ? left.version : null;
}

function senseless(calendar: Calendar, wish: Wish, stayingWith: string | null): Refusal[] {
  const refusals: Refusal[] = [];
  if (instantOf(wish.end) <= now) refusals.push(refusal('refused', 'in-the-past'));
  if (wish.providerId !== stayingWith && !wish.service.providerIds.includes(wish.providerId)) {
    refusals.push(refusal('refused', 'not-offered'));
  }
  if (!isSuited(calendar.clinic, wish)) refusals.push(refusal('refused', 'unsuitable'));
  return refusals;
}

function conflicts(calendar: Calendar, wish: Wish, leaving?: string): Refusal[] {
  const lines = inTheWay(calendar, wish, leaving);
  return lines.length > 0 ? [refusal('conflict', ...lines)] : [];
}

/**
 * Every reason why a command cannot be done in this calendar; empty when it can. `seen` is the calendar in which the server
 * read the visit and the followed command. `seen` may be an earlier calendar, because the server looks at the slots later.
 */
export function refusalsOf(calendar: Calendar, typed: ModelCommand, seen: Calendar = calendar): Refusal[] {
  const parent = parentOf(typed.command);
  const before = parent === null ? null : seen.verdicts.get(parent);
  if (before === undefined || before === 'refused') return [refusal('refused', 'parent-refused')];
  return refusalsInItself(calendar, typed, seen);
}

function refusalsInItself(calendar: Calendar, { type, command }: ModelCommand, seen: Calendar): Refusal[] {
  switch (type) {
    case 'book': {
      const { body } = command;
      const wish = wishOfBooking(calendar, body);
      if (!wish) return [refusal('not-found')];
      return [
        ...senseless(calendar, wish, null),
        ...conflicts(calendar, wish),
        ...(calendar.clinic.patientIds.includes(body.patientId) ? [] : [refusal('not-found')]),
        ...(calendar.visits.has(body.appointmentId) ? [refusal('invalid-input')] : []),
      ];
    }
    case 'move': {
      const { body } = command;
      const visit = seen.visits.get(body.appointmentId);
      if (!visit) return [refusal('not-found')];
      const version = seenVersion(seen, command);
      if (version === null) return [refusal('refused', 'parent-refused')];
      if (visit.version !== version) return [refusal('stale-version')];
      const wish = wishOfMove(calendar, visit, body);
      return [
        ...senseless(calendar, wish, visit.providerId),
        ...conflicts(calendar, wish, visit.appointmentId),
        ...(unmoved.includes(visit.status) ? [refusal('status-conflict')] : []),
      ];
    }
    case 'reinstate': {
      const visit = seen.visits.get(command.body.appointmentId);
      if (!visit) return [refusal('not-found')];
      const version = seenVersion(seen, command);
      if (version === null) return [refusal('refused', 'parent-refused')];
      if (visit.version !== version) return [refusal('stale-version')];
      if (visit.status !== 'cancelled') return [refusal('status-conflict')];
      return conflicts(calendar, wishOfReinstating(calendar, visit));
    }
    case 'raise-capacity': {
      const { resourceId, slotStarts } = command.body;
      const slots = slotStarts.map((start) => slotKey(resourceId, quarterOf(start)));
      return slots.every((slot) => calendar.seats.has(slot)) ? [] : [refusal('not-found')];
    }
    default: {
      const visit = calendar.visits.get(command.body.appointmentId);
      if (!visit) return [refusal('not-found')];
      const { from, to, hasBegun } = transitionRules[type];
      if (visit.status === to) return [];
      if (!from.includes(visit.status)) return [refusal('status-conflict')];
      if (hasBegun && visit.scheduledStart > now) return [refusal('refused', 'not-begun')];
      return type === 'un-no-show' ? conflicts(calendar, wishOfReinstating(calendar, visit), visit.appointmentId) : [];
    }
  }
}
