import type { AppointmentStatus } from '../domain/statuses.ts';
import type { RefusalReason } from './problem.ts';

/** The `detail` of a refusal, by its reason: the server and the desk that decides in its place say the same. */
export const refusalDetails: Readonly<Record<RefusalReason, string>> = {
  'not-offered': 'This provider does not offer the service. Choose another provider or service.',
  unsuitable: 'The room or equipment named does not satisfy the service here. Leave it out to have one chosen.',
  'in-the-past': 'The visit would have ended already. Choose a later time.',
  'not-today':
    'An arrival is for today: this visit is on another day. Move the visit to today, or look for another one.',
  'not-begun': 'The visit has not begun: the patient may still come. Say so once its time has passed.',
  unknown: 'There is no such service, provider or patient here.',
  'birth-date': 'Nobody was born on that day: it lies ahead, or more than 130 years back. Correct the birth date.',
  'parent-refused':
    'The command that this one follows, such as the registration of its patient, was not done. Do that one first.',
  'too-old': 'The command was made more than 180 days ago, or its id was. Look at the calendar, and do it anew.',
  'clock-ahead':
    'The command was made more than ten days from now by the clock of its desk. Set the clock, and do it anew.',
};

export const staleDetail = 'Someone changed this visit meanwhile. Look at it and decide again.';

export function statusDetail(status: AppointmentStatus): string {
  return `The visit is ${status}; that does not allow it.`;
}
