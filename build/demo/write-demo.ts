import { instantOf } from '../../core/domain/time/quarter.ts';
import type { OwnerTransaction } from '../../db/pg/owner-connection.ts';
import { stepsOf } from './decide-course.ts';
import type { demoUsers } from './demo-users.ts';
import type { DemoClinic } from './make-clinic.ts';
import type { DemoPatient } from './make-patients.ts';
import type { DemoVisit } from './make-visits.ts';
import type { Random } from './seeded-random.ts';

/** Rows in one call: enough for most tables in one call, and few enough to report progress on the visits. */
const batchSize = 5000;

/** Inserts rows keyed by column name. Columns that the rows do not name take their defaults. */
async function writeRows(
  tx: OwnerTransaction,
  table: string,
  rows: readonly Record<string, unknown>[],
  onBatch: (done: number) => void = () => {},
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let done = 0; done < rows.length; done += batchSize) {
    const batch = JSON.stringify(rows.slice(done, done + batchSize));
    await tx`insert into ${tx(table)} (${tx(columns)})
      select ${tx(columns)} from json_populate_recordset(null::${tx(table)}, ${batch}::text::json)`;
    onBatch(Math.min(done + batchSize, rows.length));
  }
}

export async function writeClinic(tx: OwnerTransaction, clinic: DemoClinic): Promise<void> {
  const org_id = clinic.orgId;
  await writeRows(tx, 'organizations', [{ org_id, name: clinic.name, handle: clinic.handle, is_demo: true }]);
  await writeRows(
    tx,
    'sites',
    clinic.sites.map((site) => ({
      org_id,
      site_id: site.siteId,
      name: site.name,
      time_zone: site.timeZone,
      country: site.country,
    })),
  );
  await writeRows(
    tx,
    'resources',
    clinic.resources.map((resource) => ({
      org_id,
      resource_id: resource.resourceId,
      kind: resource.kind,
      name: resource.name,
      site_id: resource.siteId,
      room_features: resource.roomFeatures,
      equipment_type: resource.equipmentType,
    })),
  );
  await writeRows(
    tx,
    'services',
    clinic.services.map((service) => ({
      org_id,
      service_id: service.serviceId,
      name: service.name,
      duration_minutes: service.minutes,
      buffer_before_minutes: service.bufferBefore ?? 0,
      buffer_after_minutes: service.bufferAfter ?? 0,
      needs_room: service.room !== undefined,
      room_feature: service.room === 'any' ? null : (service.room ?? null),
      equipment_type: service.equipment ?? null,
      patient_may_overlap: service.beside ?? false,
      bookable_online: service.online ?? false,
    })),
  );
  await writeRows(
    tx,
    'service_providers',
    clinic.services.flatMap(({ serviceId, providerIds }) =>
      providerIds.map((providerId) => ({ org_id, service_id: serviceId, provider_id: providerId })),
    ),
  );
  await writeRows(
    tx,
    'shifts',
    clinic.shifts.map((shift) => ({
      org_id,
      shift_id: shift.shiftId,
      resource_id: shift.resourceId,
      site_id: shift.siteId,
      weekday: shift.weekday,
      starts_at_local: shift.startsAtLocal,
      ends_at_local: shift.endsAtLocal,
      valid_from: shift.validFrom,
      valid_until: shift.validUntil,
    })),
  );
}

export async function writeUsers(
  tx: OwnerTransaction,
  random: Random,
  clinic: DemoClinic,
  users: readonly ((typeof demoUsers)[number] & { readonly passwordHash: string })[],
  madeAtMilliseconds: number,
): Promise<void> {
  await writeRows(
    tx,
    'users',
    users.map((user) => ({
      org_id: clinic.orgId,
      user_id: random.id(madeAtMilliseconds),
      username: user.username,
      display_name: user.displayName,
      role: user.role,
      password_hash: user.passwordHash,
      home_site_id: clinic.sites.find(({ name }) => name === user.site)?.siteId,
    })),
  );
}

export async function writePatients(
  tx: OwnerTransaction,
  orgId: string,
  patients: readonly DemoPatient[],
): Promise<void> {
  await writeRows(
    tx,
    'patients',
    patients.map((patient) => ({
      org_id: orgId,
      patient_id: patient.patientId,
      display_name: patient.displayName,
      birth_date: patient.birthDate,
      phone: patient.phone,
      alert: patient.alert,
    })),
  );
}

/**
 * The triggers of the table take the slots, as they do for every other writer. The events come first: for a visit without them
 * the trigger would write one that happened now.
 */
export async function writeVisits(
  tx: OwnerTransaction,
  orgId: string,
  visits: readonly DemoVisit[],
  onBatch: (done: number) => void,
): Promise<void> {
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
  const rows = visits.map(({ service, course, ...visit }) => ({
    org_id: orgId,
    appointment_id: visit.appointmentId,
    version: course.version,
    site_id: visit.siteId,
    patient_id: visit.patientId,
    service_id: service.serviceId,
    provider_id: visit.providerId,
    room_id: visit.roomId,
    equipment_id: visit.equipmentId,
    starts_at: instantOf(visit.start),
    ends_at: instantOf(visit.end),
    buffer_before_minutes: service.bufferBefore ?? 0,
    buffer_after_minutes: service.bufferAfter ?? 0,
    patient_may_overlap: service.beside ?? false,
    status: course.status,
    arrived_at: course.arrivedAt === null ? null : instant(course.arrivedAt),
    channel: 'import',
    created_at: instant(course.createdAt),
    updated_at: instant(course.updatedAt),
  }));
  const events = visits.flatMap(({ course, ...visit }) =>
    stepsOf(course).map(({ action, status, at }, n, { length }) => ({
      org_id: orgId,
      appointment_id: visit.appointmentId,
      version: n + 1,
      occurred_at: instant(at),
      recorded_at: instant(at),
      channel: 'import',
      action,
      status,
      site_id: visit.siteId,
      starts_at: instantOf(visit.start),
      ends_at: instantOf(visit.end),
      provider_id: visit.providerId,
      room_id: visit.roomId,
      equipment_id: visit.equipmentId,
      reason: n === length - 1 ? course.cancelReason : null,
    })),
  );
  await writeRows(tx, 'appointment_events', events);
  await writeRows(tx, 'appointments', rows, onBatch);
}
