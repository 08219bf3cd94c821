import type { DeskProblem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import type { WaitlistEntry } from '../../../core/contract/waitlist.ts';
import type { Result } from '../../../core/domain/terms.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import { resultOf } from '../line/result-of.ts';
import type { DeskServer } from '../line/server.ts';
import { writePatient } from '../store/patients.ts';
import { inRepeatableTransaction } from '../store/prepared.ts';

/** The parts that reading the waitlist needs. */
export interface WaitlistParts {
  readonly store: Store;
  readonly server: DeskServer;
  readonly clock: DeskClock;
}

/**
 * Reads from the server who waits for a time at a site. The desk knows these patients from then on, so that a visit booked
 * for one of them has a name. Refuses with `unreachable` while the server is silent.
 */
export async function readWaitlist(
  { store, server, clock }: WaitlistParts,
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
