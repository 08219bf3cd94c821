import type { Appointment } from '../../../core/calendar/appointment.ts';
import { instantOf, quarterOf, quartersIn, type Quarter } from '../../../core/domain/time/quarter.ts';
import type { ModelClinic, ModelResource, ModelService } from './clinic-of-plan.ts';

/**
 * A calendar that is too simple to be wrong: visits, and seats per slot. The model takes the rules from the product's text
 * and shares no rule with the code that it judges. Every question is answered by a walk through all visits.
 */
export interface Calendar {
  readonly clinic: ModelClinic;
  readonly visits: ReadonlyMap<string, Appointment>;
  /** By resource and quarter. A slot that is missing is closed. */
  readonly seats: ReadonlyMap<string, number>;
  /** The former status of each cancelled visit. */
  readonly cancelledFrom: ReadonlyMap<string, Appointment['status']>;
  /** The decision under each command's id: the visit that it left, null when there is none, or a refusal. */
  readonly verdicts: ReadonlyMap<string, Appointment | null | 'refused'>;
  /** The messages to patients, by the command that caused them. */
  readonly messages: ReadonlyMap<string, Message>;
}

export interface Message {
  readonly kind: 'booked' | 'moved' | 'cancelled' | 'reinstated';
  readonly appointmentId: string;
  /** The undo that withdrew the message. */
  readonly withdrawnBy: string | null;
}

type Kind = ModelResource['kind'];

/** A visit that somebody wants. When no room or equipment is named, the server chooses what the service needs. */
export interface Wish {
  readonly patientId: string | null;
  readonly service: ModelService;
  readonly providerId: string;
  readonly roomId: string | null;
  readonly equipmentId: string | null;
  readonly start: Quarter;
  readonly end: Quarter;
}

export const slotKey = (resourceId: string, quarter: Quarter) => `${resourceId} ${instantOf(quarter)}`;

export function emptyCalendar(clinic: ModelClinic): Calendar {
  const seats = clinic.resources.flatMap(({ resourceId, capacity, openQuarters }) =>
    openQuarters.map((quarter) => [slotKey(resourceId, quarter), capacity] as const),
  );
  return {
    clinic,
    visits: new Map(),
    seats: new Map(seats),
    cancelledFrom: new Map(),
    verdicts: new Map(),
    messages: new Map(),
  };
}

const quartersBetween = (start: Quarter, end: Quarter) => Array.from({ length: end - start }, (_, n) => start + n);

export const startOf = (visit: Appointment) => quarterOf(visit.scheduledStart);
export const endOf = (visit: Appointment) => startOf(visit) + quartersIn(visit.durationMinutes);

function keeps(visit: Appointment): boolean {
  return visit.status !== 'cancelled';
}

/** Those of `quarters` that the visit still holds. A visit whose patient did not come has given back the rest. */
const heldOf = ({ holdsUntil }: Appointment, quarters: readonly Quarter[]) =>
  quarters.filter((quarter) => holdsUntil === null || quarter < quarterOf(holdsUntil));

/** Every slot that a visit holds. */
export function slotsOf(visit: Appointment): string[] {
  if (!keeps(visit)) return [];
  const around = heldOf(
    visit,
    quartersBetween(
      startOf(visit) - quartersIn(visit.bufferBeforeMinutes),
      endOf(visit) + quartersIn(visit.bufferAfterMinutes),
    ),
  );
  const inside = heldOf(visit, quartersBetween(startOf(visit), endOf(visit)));
  return [
    ...around.map((quarter) => slotKey(visit.providerId, quarter)),
    ...around.flatMap((quarter) => (visit.roomId === null ? [] : [slotKey(visit.roomId, quarter)])),
    ...inside.flatMap((quarter) => (visit.equipmentId === null ? [] : [slotKey(visit.equipmentId, quarter)])),
  ];
}

/** The quarters in which a visit keeps its patient from other visits. */
export function patientQuartersOf(visit: Appointment): Quarter[] {
  return keeps(visit) && !visit.patientMayOverlap ? heldOf(visit, quartersBetween(startOf(visit), endOf(visit))) : [];
}

/** The rooms or pieces of equipment that suit a service. */
export function suitable(clinic: ModelClinic, kind: 'room' | 'equipment', service: ModelService): string[] {
  return clinic.resources
    .filter((resource) => resource.kind === kind && (kind === 'equipment' || service.room !== 'bed' || resource.hasBed))
    .map(({ resourceId }) => resourceId);
}

const isNeeded = (kind: 'room' | 'equipment', service: ModelService) =>
  kind === 'room' ? service.room !== 'none' : service.needsEquipment;

/**
 * What blocks one resource: a line for each quarter and visit. `leaving` is the visit that moves; its slots count as free.
 */
export function inTheWayOf(calendar: Calendar, kind: Kind, resourceId: string, wish: Wish, leaving?: string): string[] {
  const before = kind === 'equipment' ? 0 : wish.service.bufferBefore;
  const after = kind === 'equipment' ? 0 : wish.service.bufferAfter;
  const others = [...calendar.visits.values()].filter(({ appointmentId }) => appointmentId !== leaving);
  return quartersBetween(wish.start - before, wish.end + after).flatMap((quarter) => {
    const slot = slotKey(resourceId, quarter);
    const seats = calendar.seats.get(slot);
    if (seats === undefined) return [`closed ${slot}`];
    const holders = others.filter((visit) => slotsOf(visit).includes(slot));
    return holders.length < seats ? [] : holders.map((holder) => `taken ${slot} by ${holder.appointmentId}`);
  });
}

/** Everything that is in the way of a wish, as sorted lines; empty when nothing is. */
export function inTheWay(calendar: Calendar, wish: Wish, leaving?: string): string[] {
  const { service } = wish;
  const ofKind = (kind: 'room' | 'equipment', named: string | null): string[] => {
    if (named !== null) return inTheWayOf(calendar, kind, named, wish, leaving);
    if (!isNeeded(kind, service)) return [];
    const each = suitable(calendar.clinic, kind, service).map((id) => inTheWayOf(calendar, kind, id, wish, leaving));
    if (each.length === 0) return [`none-suitable ${kind}`];
    return each.some((lines) => lines.length === 0) ? [] : each.flat();
  };
  const busy = service.patientMayOverlap
    ? []
    : [...calendar.visits.values()]
        .filter(({ appointmentId, patientId }) => appointmentId !== leaving && patientId === wish.patientId)
        .flatMap((visit) =>
          patientQuartersOf(visit)
            .filter((quarter) => quarter >= wish.start && quarter < wish.end)
            .map((quarter) => `patient-busy ${instantOf(quarter)} in ${visit.appointmentId}`),
        );
  return [
    ...inTheWayOf(calendar, 'provider', wish.providerId, wish, leaving),
    ...ofKind('room', wish.roomId),
    ...ofKind('equipment', wish.equipmentId),
    ...busy,
  ].toSorted();
}

/** Whether a wish has the resources that its service needs, and whether the named ones suit the service. */
export function isSuited(clinic: ModelClinic, wish: Wish): boolean {
  return (['room', 'equipment'] as const).every((kind) => {
    const named = kind === 'room' ? wish.roomId : wish.equipmentId;
    return named === null || suitable(clinic, kind, wish.service).includes(named);
  });
}

export function withVisit(calendar: Calendar, visit: Appointment): Calendar {
  return { ...calendar, visits: new Map([...calendar.visits, [visit.appointmentId, visit]]) };
}

export function withSeats(calendar: Calendar, slots: readonly string[], atLeast: number): Calendar {
  const raised = slots.map((slot) => [slot, Math.max(atLeast, calendar.seats.get(slot) ?? 0)] as const);
  return { ...calendar, seats: new Map([...calendar.seats, ...raised]) };
}

export function withVerdict(calendar: Calendar, commandId: string, verdict: Appointment | null | 'refused'): Calendar {
  return { ...calendar, verdicts: new Map([...calendar.verdicts, [commandId, verdict]]) };
}

export function withCancelledFrom(calendar: Calendar, appointmentId: string, status: Appointment['status']): Calendar {
  return { ...calendar, cancelledFrom: new Map([...calendar.cancelledFrom, [appointmentId, status]]) };
}

/** The kind of message that a message of this kind takes back. */
const takenBack: Partial<Readonly<Record<Message['kind'], Message['kind']>>> = {
  moved: 'moved',
  reinstated: 'cancelled',
};

/**
 * Adds the message to the patient about what a command did to a visit. A cancellation withdraws every message of the visit, and
 * queues none, because the model sends no message. An undo withdraws the message of the command that it undoes
 * instead.
 */
export function withMessage(
  calendar: Calendar,
  { commandId, undoes }: { readonly commandId: string; readonly undoes?: string | undefined },
  told: Pick<Message, 'kind' | 'appointmentId'>,
): Calendar {
  if (told.kind === 'cancelled') {
    const withdrawn = [...calendar.messages].map(([id, message]) => {
      const waits = message.appointmentId === told.appointmentId && message.withdrawnBy === null;
      return [id, waits ? { ...message, withdrawnBy: commandId } : message] as const;
    });
    return { ...calendar, messages: new Map(withdrawn) };
  }
  const undone = undoes === undefined ? undefined : calendar.messages.get(undoes);
  const isWithdrawn =
    undone?.appointmentId === told.appointmentId && undone.withdrawnBy === null && undone.kind === takenBack[told.kind];
  const entry = isWithdrawn
    ? ([undoes ?? '', { ...undone, withdrawnBy: commandId }] as const)
    : ([commandId, { ...told, withdrawnBy: null }] as const);
  return { ...calendar, messages: new Map([...calendar.messages, entry]) };
}
