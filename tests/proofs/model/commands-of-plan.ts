import type { Command, TypedCommand } from '../../../core/commands/list.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { idOf, type ModelClinic } from './clinic-of-plan.ts';
import {
  anyVisit,
  type After,
  maxRushQuarters,
  type BookIntent,
  type FreshIntent,
  type Intent,
  type MoveIntent,
  type Plan,
} from './plan.ts';

/** The commands that the model knows. */
export type ModelCommand = Extract<TypedCommand, { type: FreshIntent['type'] }>;

/** A command that is about to be sent. */
export interface Sending {
  readonly typed: ModelCommand;
  /** Type, precondition, body and undone command. The server answers a known id only when these are the same. */
  readonly content: string;
}

/** For each client its commands in order, each made at the moment of sending. The prelude is client 0. */
export type Senders = readonly (readonly (() => Sending)[])[];

const madeAt = '2031-03-01T08:00:00Z';
/** An index beyond those of every plan, so that nothing has its id. */
const unknown = 999;

/** Leaves out undefined members, as the wire does. */
function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

/**
 * The commands of a plan. `lastVersions` holds the visits and versions that the desks know by now. A command is made from
 * them when it is first sent, and is sent again unchanged.
 */
export function commandsOfPlan(plan: Plan, clinic: ModelClinic, lastVersions: ReadonlyMap<string, number>): Senders {
  const queues: readonly (readonly Intent[])[] = [plan.prelude, ...plan.clients];
  const originals = queues.flat().filter((intent) => intent.type !== 'again');
  const freshOf = (intent: Exclude<Intent, { type: 'again' }>): FreshIntent =>
    intent.type === 'under-id-of' ? intent.intent : intent;
  const bookings = originals.map(freshOf).filter((intent) => intent.type === 'book');

  const nth = (kind: 'patient' | 'service' | 'visit', n: number | null, count: number) =>
    idOf(kind, n === null || count === 0 ? unknown : n % count);
  const resource = (kind: 'provider' | 'room' | 'equipment', n: number | null) => {
    const count = clinic.resources.filter((candidate) => candidate.kind === kind).length;
    return n === null || count === 0 ? undefined : idOf(kind, n % count);
  };
  const at = (start: number | null) => {
    if (start === null) return undefined;
    const isRush = start >= 1 && start <= maxRushQuarters;
    return instantOf(clinic.opensAt + (isRush ? 1 + ((start - 1) % plan.rushQuarters) : start));
  };
  const minutes = (quarters: number | null) => (quarters === null ? undefined : quarters * 15);
  const visitOf = (booking: BookIntent): string =>
    nth('visit', booking.sameVisitAs ?? bookings.indexOf(booking), bookings.length);

  const visitAbout = (n: number | null): string => {
    const known = [...lastVersions.keys()];
    const isKnown = n !== null && n < anyVisit && known.length > 0;
    return isKnown ? (known[n % known.length] as string) : nth('visit', n, bookings.length);
  };

  const bookBody = (intent: BookIntent): Command<'book'>['body'] => ({
    appointmentId: visitOf(intent),
    siteId: clinic.siteId,
    patientId: nth('patient', intent.patient, clinic.patientIds.length),
    serviceId: nth('service', intent.service, clinic.services.length),
    providerId: resource('provider', intent.provider) ?? '',
    scheduledStart: at(intent.start) ?? '',
    ...given({
      durationMinutes: minutes(intent.duration),
      roomId: resource('room', intent.room),
      equipmentId: resource('equipment', intent.equipment),
    }),
  });
  const moveBody = (intent: MoveIntent): Command<'move'>['body'] => ({
    appointmentId: visitAbout(intent.visit),
    ...given({
      scheduledStart: at(intent.start),
      durationMinutes: minutes(intent.duration),
      providerId: resource('provider', intent.provider),
      roomId: resource('room', intent.room),
      equipmentId: resource('equipment', intent.equipment),
    }),
  });

  const planned = (n: number) => idOf('command', n % originals.length);
  const follow = (after: After, appointmentId: string) => {
    const booking = originals.findIndex((original) => {
      const fresh = freshOf(original);
      return fresh.type === 'book' && visitOf(fresh) === appointmentId;
    });
    const parent = after === 'booking' ? booking : after;
    return parent === null || parent < 0 ? null : { afterCommandId: planned(parent) };
  };
  const optional = (after: After, appointmentId: string) => {
    const precondition = follow(after, appointmentId);
    return precondition ? { precondition } : {};
  };
  const seen = (intent: { readonly after: After; readonly versionOff: number }, appointmentId: string) =>
    follow(intent.after, appointmentId) ?? {
      version: Math.max(1, (lastVersions.get(appointmentId) ?? 1) + intent.versionOff),
    };

  const commandOf = (intent: FreshIntent, commandId: string): ModelCommand => {
    const undoes = 'undoes' in intent && intent.undoes !== null ? { undoes: planned(intent.undoes) } : {};
    const envelope = { commandId, actorId: clinic.userId, deskId: 'desk', madeAt, protocol, ...undoes } as const;
    switch (intent.type) {
      case 'book': {
        const body = bookBody(intent);
        return { type: 'book', command: { ...envelope, ...optional(intent.after, body.appointmentId), body } };
      }
      case 'move': {
        const body = moveBody(intent);
        return { type: 'move', command: { ...envelope, precondition: seen(intent, body.appointmentId), body } };
      }
      case 'reinstate': {
        const body = { appointmentId: visitAbout(intent.visit) };
        return { type: 'reinstate', command: { ...envelope, precondition: seen(intent, body.appointmentId), body } };
      }
      case 'raise-capacity': {
        const resources = clinic.resources;
        const { resourceId } = resources[intent.resource % resources.length] as (typeof resources)[number];
        const slotStarts = intent.starts.map((start) => instantOf(clinic.opensAt + start));
        const body = { resourceId, slotStarts, capacity: intent.capacity, reason: 'because the plan says so' };
        return { type: 'raise-capacity', command: { ...envelope, body } };
      }
      default: {
        const body = { appointmentId: visitAbout(intent.visit) };
        const { precondition } = optional(intent.after, body.appointmentId);
        return { type: intent.type, command: { ...envelope, ...(precondition && { precondition }), body } };
      }
    }
  };

  const made = new Map<Intent, Sending>();
  const sendingOf = (intent: Exclude<Intent, { type: 'again' }>): Sending => {
    let sending = made.get(intent);
    if (!sending) {
      const index = intent.type === 'under-id-of' ? intent.of % originals.length : originals.indexOf(intent);
      const typed = commandOf(freshOf(intent), idOf('command', index));
      sending = { typed, content: contentOf(typed) };
      made.set(intent, sending);
    }
    return sending;
  };

  return queues.map((queue) =>
    queue.flatMap((intent) => {
      const original = intent.type === 'again' ? originals[intent.of % originals.length] : intent;
      // When every intent is to repeat another one, no command exists that could be sent.
      return original ? [() => sendingOf(original)] : [];
    }),
  );
}

function contentOf({ type, command }: ModelCommand): string {
  const precondition = 'precondition' in command ? command.precondition : null;
  return JSON.stringify([type, precondition, command.body, command.undoes ?? null]);
}
