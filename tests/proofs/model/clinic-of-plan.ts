import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import type { ResourceKind } from '../../../core/domain/terms.ts';
import { instantOf, quarterOf, type Quarter } from '../../../core/domain/time/quarter.ts';
import { handleOf } from '../../builders/handle-of.ts';
import type { ClinicPlan } from './plan.ts';

export interface ModelResource {
  readonly resourceId: string;
  readonly kind: ResourceKind;
  readonly capacity: number;
  readonly hasBed: boolean;
  readonly openQuarters: readonly Quarter[];
}

/** Durations and buffers in quarters. */
export interface ModelService {
  readonly serviceId: string;
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly room: 'none' | 'any' | 'bed';
  readonly needsEquipment: boolean;
  readonly patientMayOverlap: boolean;
  readonly providerIds: readonly string[];
}

export interface ModelClinic {
  readonly orgId: string;
  readonly siteId: string;
  readonly userId: string;
  readonly opensAt: Quarter;
  readonly resources: readonly ModelResource[];
  readonly services: readonly ModelService[];
  readonly patientIds: readonly string[];
}

const opensAt = quarterOf('2031-03-03T07:00:00Z');
/**
 * Where the database's clock stands: within the third quarter after the opening. So some visits are over, some have begun, and
 * all are of today.
 */
export const now = '2031-03-03T07:35:00Z';
/** The time of the commands' ids, in hexadecimal as UUIDv7 has it. */
const mintedAt = Date.parse(now).toString(16).padStart(12, '0');

const idKinds = [
  'site',
  'user',
  'provider',
  'room',
  'equipment',
  'service',
  'patient',
  'visit',
  'command',
  'organization',
  'desk',
  'request',
] as const;

/**
 * The n-th id of a kind, the same in every run: the server chooses rooms by the visit's id, and a run must be repeatable.
 * Only the organization gets a new id each time, and the organization's id leads every key.
 */
export function idOf(kind: (typeof idKinds)[number], n: number): string {
  // The server refuses a command whose id is not of about its own time.
  if (kind === 'command')
    return `${mintedAt.slice(0, 8)}-${mintedAt.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`;
  return `0190000${idKinds.indexOf(kind).toString(16)}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export function clinicOfPlan(plan: ClinicPlan): ModelClinic {
  const providerIds = plan.providers.map((_, n) => idOf('provider', n));
  const planned = [
    ...plan.providers.map((resource, n) => ({ kind: 'provider' as const, resource, n })),
    ...plan.rooms.map((resource, n) => ({ kind: 'room' as const, resource, n })),
    ...plan.equipment.map((resource, n) => ({ kind: 'equipment' as const, resource, n })),
  ];
  return {
    orgId: uuidv7(),
    siteId: idOf('site', 0),
    userId: idOf('user', 0),
    opensAt,
    resources: planned.map(({ kind, resource, n }) => ({
      resourceId: idOf(kind, n),
      kind,
      capacity: resource.capacity,
      hasBed: resource.hasBed,
      openQuarters: Array.from({ length: plan.openQuarters }, (_, offset) => offset)
        .filter((offset) => !resource.closed.includes(offset))
        .map((offset) => opensAt + offset),
    })),
    services: plan.services.map(({ offeredBy, ...service }, n) => ({
      ...service,
      serviceId: idOf('service', n),
      providerIds: providerIds.filter((_, provider) => offeredBy[provider] ?? true),
    })),
    patientIds: Array.from({ length: plan.patients }, (_, n) => idOf('patient', n)),
  };
}

/** Writes the clinic as the owner. A closed quarter gets a slot that is not open. */
export async function writeClinic(admin: postgres.Sql, clinic: ModelClinic, openQuarters: number): Promise<void> {
  const { orgId, siteId } = clinic;
  const resources = clinic.resources.map(({ resourceId, kind, hasBed }) => ({
    org_id: orgId,
    resource_id: resourceId,
    kind,
    name: kind,
    site_id: kind === 'provider' ? null : siteId,
    room_features: kind === 'room' && hasBed ? '{bed}' : '{}',
    equipment_type: kind === 'equipment' ? 'ultrasound' : null,
  }));
  const services = clinic.services.map((service) => ({
    org_id: orgId,
    service_id: service.serviceId,
    name: 'Service',
    duration_minutes: service.duration * 15,
    buffer_before_minutes: service.bufferBefore * 15,
    buffer_after_minutes: service.bufferAfter * 15,
    needs_room: service.room !== 'none',
    room_feature: service.room === 'bed' ? 'bed' : null,
    equipment_type: service.needsEquipment ? 'ultrasound' : null,
    patient_may_overlap: service.patientMayOverlap,
  }));
  const offers = clinic.services.flatMap(({ serviceId, providerIds }) =>
    providerIds.map((providerId) => ({ org_id: orgId, service_id: serviceId, provider_id: providerId })),
  );
  const patients = clinic.patientIds.map((patientId) => ({
    org_id: orgId,
    patient_id: patientId,
    display_name: 'Patient',
    birth_date: '1980-01-01',
  }));
  const slots = clinic.resources.flatMap((resource) =>
    Array.from({ length: openQuarters }, (_, offset) => ({
      org_id: orgId,
      resource_id: resource.resourceId,
      starts_at: instantOf(opensAt + offset),
      resource_kind: resource.kind,
      site_id: siteId,
      open: resource.openQuarters.includes(opensAt + offset),
      capacity: resource.capacity,
    })),
  );
  await admin.begin(async (tx) => {
    await tx`insert into organizations (org_id, name, handle) values (${orgId}, 'Clinic of a plan', ${handleOf(orgId)})`;
    await tx`insert into sites (org_id, site_id, name, time_zone, country) values (${orgId}, ${siteId}, 'Site', 'Europe/Berlin', 'DE')`;
    await tx`insert into resources ${tx(resources)}`;
    await tx`insert into services ${tx(services)}`;
    if (offers.length > 0) await tx`insert into service_providers ${tx(offers)}`;
    await tx`insert into patients ${tx(patients)}`;
    await tx`insert into slots ${tx(slots)}`;
  });
}
