import { Temporal } from 'temporal-polyfill';

import { faultOfBirthDate } from '../../core/domain/patients/birth-date.ts';
import { judgedAt } from '../../core/domain/sync/judged-at.ts';
import { commitCommand } from '../commands/commit-command.ts';
import { nowInstant } from '../commands/context.ts';
import { refuse, verdictOf, type Decide } from '../commands/decide.ts';

/** The zone where days begin first: a child may be born there on a day that is tomorrow here. */
const firstZone = 'Etc/GMT-14';

function latestDay(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(firstZone).toPlainDate().toString();
}

/** Registers a patient under the id that the desk minted. The desk warns of likely duplicates; the server does not. */
export const registerPatient: Decide<'register-patient'> = async (context, { body }) => {
  if (faultOfBirthDate(body.birthDate, latestDay(judgedAt(context.claimedAt, nowInstant(context)))) !== null) {
    return refuse(context, { kind: 'refused', reason: 'birth-date' });
  }
  const row = {
    patient_id: body.patientId,
    display_name: body.displayName,
    birth_date: body.birthDate,
    phone: body.phone,
    alert: body.alert,
  };
  const committed = await commitCommand(
    context,
    (tx) => tx`select holdfast_api.register_patient(
      ${context.actor.orgId}, ${context.envelope}::jsonb,
      ${row}::jsonb) as verdict`,
  );
  return verdictOf(context, committed);
};
