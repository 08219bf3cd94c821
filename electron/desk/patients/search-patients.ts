import type { Patient } from '../../../core/calendar/appointment.ts';
import { isRegistration } from '../../../core/commands/list.ts';
import type { DeskProblem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import { readPatientQuery } from '../../../core/domain/patients/patient-query.ts';
import { rankPatients } from '../../../core/domain/patients/rank-patients.ts';
import { maxPatientsFound } from '../../../core/domain/patients/search-limits.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { DeskTiming } from '../environment/timing.ts';
import { within } from '../environment/within.ts';
import type { DeskServer } from '../line/server.ts';
import { deskProblem } from '../problems/problem.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadUndecided } from '../store/outbox.ts';
import { writePatient } from '../store/patients.ts';
import { inRepeatableTransaction } from '../store/prepared.ts';
import { findPatients } from './find-patients.ts';

/** What a search is made with. */
export interface SearchParts {
  readonly store: Store;
  readonly server: DeskServer;
  readonly status: StatusKeeper;
  readonly clock: DeskClock;
  readonly timing: DeskTiming;
  readonly timers: DeskTimers;
  readonly hooks: DeskHooks;
}

/**
 * Finds patients by the server, and adds those that were registered at this desk and that the server does not know yet. While
 * the server is silent, finds them among the patients that this desk knows. The desk keeps every patient that was found.
 */
export async function searchPatients(
  { store, server, status, clock, timing, timers, hooks }: SearchParts,
  { person }: Session,
  query: string,
): Promise<Result<Patient[], DeskProblem>> {
  if (!person.permissions.includes('read-patients')) {
    return refused(deskProblem('forbidden', 'Your role does not allow you to see patients.', null));
  }
  const { orgId } = person;
  if (status.current().connection === 'offline') return ok(findPatients(store, orgId, query));
  const asking = server.ask((client, options) => client.patients.search({ query }, options));
  const reply = await within(timers, timing.answerLimitMs, asking);
  if (reply?.kind === 'problem') return refused(reply.problem);
  if (reply?.kind !== 'answer') return ok(findPatients(store, orgId, query));

  inRepeatableTransaction(store, () => {
    for (const patient of reply.value) writePatient(store, orgId, patient, clock.instant());
  });
  await hooks.found?.();
  const registered = new Set(
    loadUndecided(store, orgId).flatMap(({ typed, lane }) => (isRegistration(typed) ? lane : [])),
  );
  if (registered.size === 0) return ok(reply.value);
  const known = new Set(reply.value.map(({ patientId }) => patientId));
  const here = findPatients(store, orgId, query).filter(
    ({ patientId }) => registered.has(patientId) && !known.has(patientId),
  );
  return ok(rankPatients(readPatientQuery(query).name, [...reply.value, ...here]).slice(0, maxPatientsFound));
}
