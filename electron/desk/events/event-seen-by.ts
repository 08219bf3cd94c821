import type { DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { Person } from '../../../core/contract/session.ts';
import { withoutPatients } from '../../../core/contract/without-patients.ts';

/**
 * Takes the patients' names out of an event for a person who may not read patients. A refused decision names them. `person` is
 * null while nobody is signed in.
 */
export function eventSeenBy(event: DeskEvent, person: Person | null): DeskEvent {
  if (event.type !== 'decided' || event.decision.kind !== 'refused') return event;
  if (person?.permissions.includes('read-patients')) return event;
  return { ...event, decision: { ...event.decision, problem: withoutPatients(event.decision.problem) } };
}
