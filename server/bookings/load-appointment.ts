import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Pool } from '../../db/pg/pool.ts';

/** The appointment as it stands; null where the organization has none of this id. */
export async function loadAppointment(pool: Pool, orgId: string, appointmentId: string): Promise<Appointment | null> {
  const [row] = await pool<{ appointment: Appointment | null }[]>`
    select holdfast_api.find_appointment(${orgId}, ${appointmentId}) as appointment`;
  return row?.appointment ?? null;
}
