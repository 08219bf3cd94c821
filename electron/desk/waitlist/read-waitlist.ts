import type { DeskProblem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import type { WaitlistEntry } from '../../../core/contract/waitlist.ts';
import type { Result } from '../../../core/domain/terms.ts';
import type { DeskParts } from '../desk-parts.ts';
import { resultOf } from '../server/result-of.ts';
import { writePatient } from '../store/patients.ts';
import { inRepeatableTransaction } from '../store/prepared.ts';

/** Who waits for a time at a site, by the server. They are known to the desk from then on: a visit booked for one has a name. */
export async function readWaitlist(
  { store, server, clock }: DeskParts,
  { person }: Session,
  siteId: string,
): Promise<Result<WaitlistEntry[], DeskProblem>> {
  const result = resultOf(await server.askAsPerson((client, options) => client.waitlist.list({ siteId }, options)));
  if (result.ok) {
    inRepeatableTransaction(store, () => {
      for (const { patient } of result.value) {
        if (patient) writePatient(store, person.orgId, patient, clock.instant());
      }
    });
  }
  return result;
}
