import type { Patient } from '../../core/calendar/appointment.ts';
import { readPatientQuery } from '../../core/domain/patients/patient-query.ts';
import { rankPatients } from '../../core/domain/patients/rank-patients.ts';
import { maxPatientsCompared, maxPatientsFound } from '../../core/domain/patients/search-limits.ts';
import type { Pool } from '../../db/pg/pool.ts';

/** Up to 20 patients of the organization, the likeliest first, by name, birth date or phone, forgiving slips and accents. */
export async function searchPatients(pool: Pool, orgId: string, query: string): Promise<Patient[]> {
  const { name, numbers } = readPatientQuery(query);
  const candidates = await pool<Patient[]>`
    select patient_id as "patientId", display_name as "displayName", birth_date as "birthDate", phone, alert
    from holdfast_api.search_patients(${orgId}, ${name}, ${numbers}::text[], ${maxPatientsCompared})`;
  return rankPatients(name, candidates).slice(0, maxPatientsFound);
}
