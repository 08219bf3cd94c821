import { v7 as uuidv7 } from 'uuid';

import type { Random } from '../../../../build/demo/seeded-random.ts';
import type { Command, TypedCommand } from '../../../../core/commands/list.ts';
import type { TransitionType } from '../../../../core/domain/bookings/transitions.ts';
import { instantOf } from '../../../../core/domain/time/quarter.ts';
import { protocol } from '../../../../core/primitives/protocol.ts';
import type { KnownVisits } from './known-visits.ts';
import type { TortureClinic } from './torture-clinic.ts';

/**
 * What a person at a desk does next: commands that are sent right after one another, without waiting for an answer. With
 * `twice` the first one is sent twice at once, as by a double click.
 */
export interface Deed {
  readonly commands: readonly TypedCommand[];
  readonly twice: boolean;
}

const deeds = [
  { what: 'book', weight: 38 },
  { what: 'move', weight: 12 },
  { what: 'cancel', weight: 17 },
  { what: 'arrive', weight: 5 },
  { what: 'check-in', weight: 3 },
  { what: 'fulfil', weight: 2 },
  { what: 'no-show', weight: 1 },
  { what: 'un-arrive', weight: 3 },
  { what: 'un-check-in', weight: 2 },
  { what: 'un-fulfil', weight: 2 },
  { what: 'un-no-show', weight: 2 },
  { what: 'reinstate', weight: 4 },
  { what: 'register and book', weight: 4 },
  { what: 'book and arrive', weight: 5 },
  { what: 'book and undo', weight: 4 },
  { what: 'cancel and undo', weight: 3 },
  { what: 'join and leave the waitlist', weight: 2 },
] as const;

export interface DeedOptions {
  readonly clinic: TortureClinic;
  readonly visits: KnownVisits;
  readonly deskId: string;
  readonly random: Random;
}

/** Draws the next deed of a desk; null when the deed needs a visit and there is none yet. */
export function drawDeed(options: DeedOptions): Deed | null {
  const { visits, random } = options;
  const draw = drawers(options);
  const standing = () => visits.pick('standing', random);
  const twice = random.chance(0.04);
  const deed = (...commands: TypedCommand[]): Deed => ({ commands, twice });

  const { what } = random.weighted(deeds);
  switch (what) {
    case 'book':
      return deed(draw.book());
    case 'move': {
      const visit = standing();
      return visit && deed(draw.move(visit.appointmentId, visit.version));
    }
    case 'cancel':
    case 'arrive':
    case 'check-in':
    case 'fulfil':
    case 'no-show':
    case 'un-arrive':
    case 'un-check-in':
    case 'un-fulfil':
    case 'un-no-show': {
      const visit = standing();
      return visit && deed(draw.about(what, visit.appointmentId));
    }
    case 'reinstate': {
      const visit = visits.pick('cancelled', random);
      return visit && deed(draw.reinstate(visit.appointmentId, { version: visit.version }));
    }
    case 'register and book': {
      const registration = draw.register();
      const { commandId, body } = registration.command;
      return deed(registration, draw.book({ patientId: body.patientId }, commandId));
    }
    case 'book and arrive': {
      const booking = draw.book();
      const { commandId, body } = booking.command;
      return deed(booking, draw.about('arrive', body.appointmentId, { afterCommandId: commandId }));
    }
    case 'book and undo': {
      const booking = draw.book();
      const { commandId, body } = booking.command;
      const undo = draw.about('cancel', body.appointmentId, { afterCommandId: commandId });
      return deed(booking, undoing(undo, commandId));
    }
    case 'cancel and undo': {
      const visit = standing();
      if (!visit) return null;
      const cancel = draw.about('cancel', visit.appointmentId);
      const { commandId } = cancel.command;
      return deed(cancel, undoing(draw.reinstate(visit.appointmentId, { afterCommandId: commandId }), commandId));
    }
    case 'join and leave the waitlist': {
      const join = draw.joinWaitlist();
      return deed(join, draw.leaveWaitlist(join.command.body.waitlistEntryId));
    }
  }
}

function undoing(typed: TypedCommand, undoes: string): TypedCommand {
  return { ...typed, command: { ...typed.command, undoes } } as TypedCommand;
}

type Of<T extends TypedCommand['type']> = Extract<TypedCommand, { type: T }>;
type Precondition = Command<'reinstate'>['precondition'];

function drawers({ clinic, deskId, random }: DeedOptions) {
  const envelope = () => ({
    commandId: uuidv7(),
    actorId: clinic.userId,
    deskId,
    madeAt: new Date().toISOString(),
    protocol,
  });
  const serviceIds = Object.values(clinic.services);
  const place = () =>
    random.chance(0.4)
      ? { providerId: random.pick(clinic.hotProviders), scheduledStart: instantOf(random.pick(clinic.hotStarts)) }
      : {
          providerId: random.pick(clinic.providers),
          scheduledStart: instantOf(clinic.opensAt + random.whole(1, clinic.openQuarters - 8)),
        };

  return {
    book(body: Partial<Command<'book'>['body']> = {}, afterCommandId?: string): Of<'book'> {
      return {
        type: 'book',
        command: {
          ...envelope(),
          ...(afterCommandId === undefined ? {} : { precondition: { afterCommandId } }),
          body: {
            appointmentId: uuidv7(),
            siteId: clinic.siteId,
            patientId: random.pick(clinic.patients),
            serviceId: random.pick(serviceIds),
            ...place(),
            ...body,
          },
        },
      };
    },
    move(appointmentId: string, version: number): Of<'move'> {
      return {
        type: 'move',
        command: { ...envelope(), precondition: { version }, body: { appointmentId, ...place() } },
      };
    },
    about(type: TransitionType, appointmentId: string, precondition?: { afterCommandId: string }): TypedCommand {
      const command = { ...envelope(), ...(precondition && { precondition }), body: { appointmentId } };
      return { type, command };
    },
    reinstate(appointmentId: string, precondition: Precondition): Of<'reinstate'> {
      return { type: 'reinstate', command: { ...envelope(), precondition, body: { appointmentId } } };
    },
    register(): Of<'register-patient'> {
      const patientId = uuidv7();
      const displayName = `Newcomer ${patientId}`;
      const body = { patientId, displayName, birthDate: '1990-04-01', phone: '', alert: '' };
      return { type: 'register-patient', command: { ...envelope(), body } };
    },
    joinWaitlist(): Of<'join-waitlist'> {
      const startsAt = instantOf(random.pick(clinic.hotStarts));
      const endsAt = instantOf(random.pick(clinic.hotStarts) + 32);
      return {
        type: 'join-waitlist',
        command: {
          ...envelope(),
          body: {
            waitlistEntryId: uuidv7(),
            siteId: clinic.siteId,
            patientId: random.pick(clinic.patients),
            serviceId: random.pick(serviceIds),
            providerIds: [],
            windows: [{ startsAt, endsAt }],
            urgency: 'routine',
            note: '',
          },
        },
      };
    },
    leaveWaitlist(waitlistEntryId: string): Of<'leave-waitlist'> {
      return { type: 'leave-waitlist', command: { ...envelope(), body: { waitlistEntryId } } };
    },
  };
}
