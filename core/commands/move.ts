import { z } from 'zod';

import type { Appointment } from '../calendar/appointment.ts';
import type { MoveChange } from '../domain/bookings/decide-move.ts';
import { quarterOf, quartersIn } from '../domain/time/quarter.ts';
import { durationMinutes } from '../primitives/durations.ts';
import { envelope, seenPrecondition } from '../primitives/envelope.ts';
import { id } from '../primitives/ids.ts';
import { quarterHour } from '../primitives/instants.ts';
import { defineCommand } from './define-command.ts';
import { placed } from './overlays.ts';

/**
 * Moves or resizes a visit: any of time, length, provider, room and equipment, all in one step or none. A member that is
 * left out stays as it is, except that a room or a piece of equipment that is not free at the new time is exchanged.
 */
export const move = defineCommand({
  type: 'move',
  schema: envelope.extend({
    precondition: seenPrecondition,
    body: z.strictObject({
      appointmentId: id,
      scheduledStart: quarterHour.optional(),
      durationMinutes: durationMinutes.optional(),
      providerId: id.optional(),
      roomId: id.optional(),
      equipmentId: id.optional(),
    }),
  }),
  permission: 'book',
  summary: 'Move or resize a visit',
  about: 'appointment',
  takesSlots: 'elsewhere',
  undo: (_command, before) =>
    before && { type: 'move', body: { appointmentId: before.appointmentId, ...placeOf(before) }, restores: true },
  overlay: placed,
});

/** Where a visit is, as the body of a command: without a member for a room or equipment that the visit does not have. */
export function placeOf({ scheduledStart, durationMinutes: minutes, providerId, roomId, equipmentId }: Place): {
  scheduledStart: string;
  durationMinutes: number;
  providerId: string;
  roomId?: string;
  equipmentId?: string;
} {
  return {
    scheduledStart,
    durationMinutes: minutes,
    providerId,
    ...(roomId === null ? {} : { roomId }),
    ...(equipmentId === null ? {} : { equipmentId }),
  };
}

type Place = Pick<Appointment, 'scheduledStart' | 'durationMinutes' | 'providerId' | 'roomId' | 'equipmentId'>;

/** What a move command changes, in quarters. */
export function changeOf(body: z.infer<typeof move.schema>['body']): MoveChange {
  return {
    start: body.scheduledStart === undefined ? undefined : quarterOf(body.scheduledStart),
    durationQuarters: body.durationMinutes === undefined ? undefined : quartersIn(body.durationMinutes),
    providerId: body.providerId,
    roomId: body.roomId,
    equipmentId: body.equipmentId,
  };
}
