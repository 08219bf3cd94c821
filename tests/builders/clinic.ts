import type postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';

import { instantOf, quarterOf, type Quarter } from '../../core/domain/time/quarter.ts';
import { handleOf } from './handle-of.ts';

/** A small organization with everything open: its ids in the order in which they were made, and its first free quarter. */
export interface Clinic {
  readonly orgId: string;
  readonly siteId: string;
  readonly userId: string;
  readonly handle: string;
  readonly username: string;
  /** By which the user signs in, also where the database holds other organizations: `name@handle`. */
  readonly signInName: string;
  readonly providers: readonly string[];
  readonly rooms: readonly string[];
  readonly equipment: readonly string[];
  readonly patients: readonly string[];
  /** `plain` needs nothing, `room` a room, `full` room and equipment with a quarter's buffer on both sides. */
  readonly services: { readonly plain: string; readonly room: string; readonly full: string };
  /** All resources are open from here for `openQuarters`. */
  readonly opensAt: Quarter;
  readonly openQuarters: number;
}

const openingInstant = '2031-03-03T07:00:00Z';

/** Writes a clinic as the owner. Everything is open for `days` days of 24 hours from Monday 3 March 2031, 07:00 UTC. */
export async function makeClinic(
  admin: postgres.Sql,
  options: {
    providers?: number;
    rooms?: number;
    equipment?: number;
    patients?: number;
    days?: number;
    opensAt?: Quarter;
    timeZone?: string;
    /** The Argon2id hash for the table. Without it nobody can sign in. */
    passwordHash?: string;
  } = {},
): Promise<Clinic> {
  const many = (count: number) => Array.from({ length: count }, () => uuidv7());
  const orgId = uuidv7();
  const handle = handleOf(orgId);
  const username = `user-${orgId}`;
  const clinic: Clinic = {
    orgId,
    siteId: uuidv7(),
    userId: uuidv7(),
    handle,
    username,
    signInName: `${username}@${handle}`,
    providers: many(options.providers ?? 2),
    rooms: many(options.rooms ?? 2),
    equipment: many(options.equipment ?? 1),
    patients: many(options.patients ?? 4),
    services: { plain: uuidv7(), room: uuidv7(), full: uuidv7() },
    opensAt: options.opensAt ?? quarterOf(openingInstant),
    openQuarters: (options.days ?? 1) * 96,
  };
  const { siteId } = clinic;
  await admin.begin(async (tx) => {
    await tx`insert into organizations (org_id, name, handle) values (${orgId}, 'Clinic of a test', ${handle})`;
    await tx`insert into sites (org_id, site_id, name, time_zone, country) values (${orgId}, ${siteId}, 'Site',
      ${options.timeZone ?? 'Europe/Berlin'}, 'DE')`;
    await tx`insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
      values (${orgId}, ${clinic.userId}, ${clinic.username}, 'User', 'manager', ${options.passwordHash ?? 'none'}, ${siteId})`;
    for (const [kind, ids] of [
      ['provider', clinic.providers],
      ['room', clinic.rooms],
      ['equipment', clinic.equipment],
    ] as const) {
      for (const [n, resourceId] of ids.entries()) {
        await tx`insert into resources (org_id, resource_id, kind, name, site_id, room_features, equipment_type)
          values (${orgId}, ${resourceId}, ${kind}, ${`${kind} ${n + 1}`}, ${kind === 'provider' ? null : siteId},
            '{bed}', ${kind === 'equipment' ? 'ultrasound' : null})`;
      }
    }
    for (const [serviceId, name, needsRoom, equipmentType, buffer] of [
      [clinic.services.plain, 'Talk', false, null, 0],
      [clinic.services.room, 'Check-up', true, null, 0],
      [clinic.services.full, 'Ultrasound', true, 'ultrasound', 15],
    ] as const) {
      await tx`insert into services (org_id, service_id, name, duration_minutes, buffer_before_minutes,
          buffer_after_minutes, needs_room, room_feature, equipment_type)
        values (${orgId}, ${serviceId}, ${name}, 30, ${buffer}, ${buffer}, ${needsRoom}, null, ${equipmentType})`;
      for (const providerId of clinic.providers) {
        await tx`insert into service_providers (org_id, service_id, provider_id) values (${orgId}, ${serviceId}, ${providerId})`;
      }
    }
    await tx`insert into patients (org_id, patient_id, display_name, birth_date)
      select ${orgId}, p, 'Patient ' || p, '1980-01-01' from unnest(${clinic.patients as string[]}::uuid[]) p`;
    await tx`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id)
      select r.org_id, r.resource_id, q, r.kind, ${siteId}
      from resources r,
        generate_series(${instantOf(clinic.opensAt)}::timestamptz,
          ${instantOf(clinic.opensAt + clinic.openQuarters - 1)}::timestamptz, interval '15 minutes') q
      where r.org_id = ${orgId}`;
  });
  await admin`analyze`;
  return clinic;
}
