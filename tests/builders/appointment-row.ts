import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { instantOf } from '../../core/domain/time/quarter.ts';
import type { Clinic } from './clinic.ts';

/** A row of `appointments` for raw SQL: provider 1, room 1, 30 minutes, `offset` quarters after the clinic opens. */
export function appointmentRow(clinic: Clinic, offset: number, overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    org_id: clinic.orgId,
    appointment_id: uuidv7(),
    site_id: clinic.siteId,
    patient_id: clinic.patients[0],
    service_id: clinic.services.room,
    provider_id: clinic.providers[0],
    room_id: clinic.rooms[0],
    equipment_id: null,
    starts_at: instantOf(clinic.opensAt + offset),
    ends_at: instantOf(clinic.opensAt + offset + 2),
    status: 'booked',
    ...overrides,
  };
}

/** Inserts a row into the table directly. */
export async function insertRaw(
  sql: postgres.Sql | postgres.TransactionSql,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`insert into ${sql(`holdfast.${table}`)} ${sql(row)}`;
}
