import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Clinic } from '../../builders/clinic.ts';
import { bookCommand, envelope, moveCommand, registerCommand } from '../../builders/commands.ts';

/**
 * What a person does in a minute, on the four quarters from `offset` on, which nobody else uses: registers a patient, books
 * that patient and makes the visit shorter, books another patient and takes that back, and asks for a slot that is taken.
 * Nobody arrives: an arrival is for today, and these quarters are of any day.
 */
export function busyDay(clinic: Clinic, deskId: string, offset: number): TypedCommand[] {
  const register = registerCommand(clinic);
  const book = {
    ...bookCommand(clinic, offset, { patientId: register.body.patientId }),
    precondition: { afterCommandId: register.commandId },
  };
  const shorten = {
    ...moveCommand(clinic, 1, { appointmentId: book.body.appointmentId, durationMinutes: 15 }),
    precondition: { afterCommandId: book.commandId },
  };
  const other = bookCommand(clinic, offset + 2, { patientId: clinic.patients[1] ?? '' });
  const undo = {
    ...envelope(clinic),
    precondition: { afterCommandId: other.commandId },
    undoes: other.commandId,
    body: { appointmentId: other.body.appointmentId },
  };
  const taken = bookCommand(clinic, offset, { patientId: clinic.patients[2] ?? '' });
  const deeds: TypedCommand[] = [
    { type: 'register-patient', command: register },
    { type: 'book', command: book },
    { type: 'move', command: shorten },
    { type: 'book', command: other },
    { type: 'cancel', command: undo },
    { type: 'book', command: taken },
  ];
  return deeds.map((typed) => ({ ...typed, command: { ...typed.command, deskId } }) as TypedCommand);
}
