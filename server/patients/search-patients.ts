import type { Patient } from '../../core/contract/appointment.ts';
import type { Pool } from '../../db/pg/pool.ts';

const mostFound = 20;

/** Up to 20 patients of the organization, the likeliest first, by name, birth date or phone. */
export async function searchPatients(pool: Pool, orgId: string, query: string): Promise<Patient[]> {
  return pool<Patient[]>`
    select patient_id as "patientId", display_name as "displayName", birth_date as "birthDate", phone, alert
    from search_patients(${orgId}, ${query}, ${mostFound})`;
}
