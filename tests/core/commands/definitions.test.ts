import { describe, expect, it } from 'vitest';

import type { Appointment } from '../../../core/calendar/appointment.ts';
import { subjects } from '../../../core/commands/define-command.ts';
import {
  commandTypes,
  definitionOf,
  laneOf,
  typedCommand,
  type CommandType,
  type TypedCommand,
} from '../../../core/commands/list.ts';
import { permissions } from '../../../core/domain/people/permissions.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { appointment, idOf } from '../../renderer/builders.ts';

const before: Appointment = appointment(1, '09:00', { roomId: idOf('r', 1) });
const envelope = {
  commandId: idOf('k'),
  actorId: idOf('u'),
  deskId: 'desk',
  madeAt: '2026-11-23T07:00:00Z',
  protocol,
  precondition: { afterCommandId: idOf('k', 9) },
} as const;
/** A command of a type, as much of it as an undo reads. */
const anyCommand = { ...envelope, body: { appointmentId: before.appointmentId } };

describe.each(commandTypes)('%s', (type) => {
  const definition = definitionOf(type);

  it('has the id of its subject in its body', () => {
    const { body } = (definition.schema as unknown as { shape: { body: { shape: object } } }).shape;
    expect(Object.keys(body.shape)).toContain(subjects[definition.about]);
  });

  it('needs a permission that some role has', () => {
    expect(permissions).toContain(definition.permission);
  });

  it('has no undo, or one of a known type whose schema takes the body of the undo', () => {
    const undo = definition.undo?.(anyCommand, before);
    if (!undo) return;
    const back = { type: undo.type as CommandType, command: { ...envelope, body: undo.body, undoes: idOf('k', 2) } };
    expect(typedCommand.parse(back)).toEqual(back);
    expect(laneOf(back as TypedCommand)).toBe(before.appointmentId);
  });
});

it('only a booking has an undo where the visit before it is unknown', () => {
  const undone = commandTypes.filter((type) => definitionOf(type).undo?.(anyCommand, null));
  expect(undone).toEqual(['book']);
});
