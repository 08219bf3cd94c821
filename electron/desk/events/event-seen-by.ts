import type { DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { Person } from '../../../core/contract/session.ts';
import { withoutPatients } from '../../../core/contract/without-patients.ts';

/** An event as this person may see it; null: nobody is signed in. The refusal in a decision names patients. */
export function eventSeenBy(event: DeskEvent, person: Person | null): DeskEvent {
  if (event.type !== 'decided' || event.decision.kind !== 'refused') return event;
  if (person?.permissions.includes('read-patients')) return event;
  return { ...event, decision: { ...event.decision, problem: withoutPatients(event.decision.problem) } };
}
