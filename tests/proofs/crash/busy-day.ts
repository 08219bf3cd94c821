import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Clinic } from '../../builders/clinic.ts';
import { aboutCommand, bookCommand, envelope, registerCommand } from '../../builders/commands.ts';

/**
 * What a person does in a minute, on the four quarters from `offset` on, which nobody else uses: registers a patient, books
 * and checks in that patient, books another patient and takes that back, and asks for a slot that is taken.
 */
export function busyDay(clinic: Clinic, deskId: string, offset: number): TypedCommand[] {
  const register = registerCommand(clinic);
  const book = {
    ...bookCommand(clinic, offset, { patientId: register.body.patientId }),
    precondition: { afterCommandId: register.commandId },
  };
  const checkIn = {
    ...aboutCommand(clinic, book.body.appointmentId),
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
    { type: 'check-in', command: checkIn },
    { type: 'book', command: other },
    { type: 'cancel', command: undo },
    { type: 'book', command: taken },
  ];
  return deeds.map((typed) => ({ ...typed, command: { ...typed.command, deskId } }) as TypedCommand);
}
