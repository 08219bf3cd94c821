import pg from 'pg';
import { Temporal } from 'temporal-polyfill';

import { faultOfBirthDate } from '../../core/domain/patients/birth-date.ts';
import { withSerializable } from '../../db/pg/with-serializable.ts';
import { refuse, type Decide, type DecisionContext } from '../commands/decide.ts';
import type { Verdict } from '../commands/verdict.ts';

/** Where it is the latest day on earth: a child may be born there that is of tomorrow here. */
const firstZone = 'Etc/GMT-14';

function latestDay(context: DecisionContext): string {
  const now = context.now ? Temporal.Instant.from(context.now()) : Temporal.Now.instant();
  return now.toZonedDateTimeISO(firstZone).toPlainDate().toString();
}

/** Registers a patient under the id that the desk minted. Likely duplicates are the desk's to warn of. */
export const registerPatient: Decide<'register-patient'> = async (context, { body }, envelope) => {
  if (faultOfBirthDate(body.birthDate, latestDay(context)) !== null) {
    return refuse(context, envelope, { kind: 'refused', reason: 'birth-date' });
  }
  const row = {
    patient_id: body.patientId,
    display_name: body.displayName,
    birth_date: body.birthDate,
    phone: body.phone,
    alert: body.alert,
  };
  try {
    const [judged] = await withSerializable(
      context.pool,
      (tx) => tx<{ verdict: Verdict }[]>`select holdfast_api.register_patient(
        ${envelope}::jsonb,
        ${row}::jsonb) as verdict`,
      context.hooks,
    );
    if (!judged) throw new Error('the call returned no row');
    return { kind: 'verdict', verdict: judged.verdict };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    if (error.code === 'HF004') return { kind: 'command-reused' };
    if (error.code === '23505' && error.constraint === 'patients_pkey') return { kind: 'patient-exists' };
    throw error;
  }
};
