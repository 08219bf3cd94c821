import type { Appointment } from '../../../../core/calendar/appointment.ts';
import type { TypedCommand } from '../../../../core/commands/list.ts';
import type { Decision } from '../../../../core/contract/desk/calls.ts';
import { problems, type Problem } from '../../../../core/contract/problem.ts';
import { openJournal, type Journal } from './journal.ts';
import type { DecidedCommand, Truth } from './load-truth.ts';

export const at = (hour: number) => `2031-03-03T${String(hour).padStart(2, '0')}:00:00Z`;
export const quarterAt = (hour: number) => Date.parse(at(hour)) / 900_000;

export function aVisit(appointmentId: string, overrides: Partial<Appointment> = {}): Appointment {
  return {
    appointmentId,
    version: 1,
    siteId: 'site',
    patientId: `patient of ${appointmentId}`,
    serviceId: 'talk',
    providerId: 'doctor',
    roomId: null,
    equipmentId: null,
    scheduledStart: at(9),
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    patientMayOverlap: false,
    status: 'booked',
    arrivedAt: null,
    holdsUntil: null,
    ...overrides,
  };
}

export function aCommand(type: 'book' | 'cancel' | 'move', commandId: string, appointmentId: string, undoes?: string) {
  return { type, command: { commandId, body: { appointmentId }, ...(undoes && { undoes }) } } as TypedCommand;
}

export function decided(
  commandId: string,
  type: string,
  appointment: Appointment | null,
  more: Partial<DecidedCommand> = {},
) {
  const kind = appointment ? 'done' : 'conflict';
  const changes = appointment ? 1 : 0;
  return {
    commandId,
    type,
    deskId: 'desk',
    kind,
    reason: null,
    appointment,
    blockers: [],
    patientId: null,
    decidedAt: 0,
    changes,
    ...more,
  } satisfies DecidedCommand;
}

export function aTruth(commands: DecidedCommand[], more: Partial<Truth> = {}): Truth {
  const byId = new Map(commands.map((command) => [command.commandId, command]));
  return { commands: byId, appointments: [], patients: [], slots: [], broken: [], ...more };
}

export const done = (appointment: Appointment | null): Decision => ({
  kind: 'done',
  outcome: { commandId: 'x', appointment },
});
export const conflict: Decision = {
  kind: 'refused',
  problem: { code: 'conflict', status: problems.conflict.status } as Problem,
};
export const waiting: Decision = { kind: 'waiting' };

/** A journal of commands. Each has the two moments of its sending and its answer, and what its desk was told. */
export function journalOf(
  ...lines: [typed: TypedCommand, invokedAt: number, told: readonly (readonly [number, Decision, boolean?])[]][]
): Journal {
  const journal = openJournal();
  for (const [typed, invokedAt, told] of lines) {
    journal.invoked('desk 1', typed, invokedAt);
    for (const [heardAt, decision, mayBeOwn = false] of told) {
      journal.told(typed.command.commandId, { at: heardAt, decision, mayBeOwn });
    }
  }
  return journal;
}

export const booking = aCommand('book', 'c1', 'v1');
