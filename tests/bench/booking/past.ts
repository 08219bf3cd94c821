import postgres from 'postgres';

import type { EmbeddedPostgres } from '../../../build/database/start-embedded-postgres.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { triples, type BenchClinic } from './bench-clinic.ts';

/**
 * Writes `count` visits that are over: a quarter of an hour each, of a provider and a room, back to back day and night
 * until the clinic's opening, with all the rows that a booking leaves behind. Written past the triggers, because through
 * them five million take hours; what stands there then is what the triggers would have written.
 */
export async function writePast(database: EmbeddedPostgres, clinic: BenchClinic, count: number): Promise<void> {
  const url = new URL(database.superuserUrl);
  url.pathname = new URL(database.adminDatabaseUrl).pathname;
  const superuser = postgres(url.href, { max: 1, onnotice: () => {} });
  const rounds = Math.ceil(count / triples);
  const { orgId, siteId, userId } = clinic;
  const patients = clinic.patients as string[];
  try {
    for (let k = 0; k < triples; k++) {
      const providerId = clinic.providers[k] ?? '';
      const roomId = clinic.rooms[k] ?? '';
      await superuser.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`create temp table past on commit drop as
          select uuidv7() as id, uuidv7() as command_id,
            ${instantOf(clinic.opensAt)}::timestamptz - (${rounds}::integer - n) * interval '15 minutes' as starts_at,
            (${patients}::uuid[])[1 + (n * ${triples}::integer + ${k}::integer) % ${patients.length}::integer] as patient_id
          from generate_series(0, ${rounds - 1}::integer) n`;
        for (const [kind, resourceId] of [
          ['provider', providerId],
          ['room', roomId],
        ] as const) {
          await tx`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id, booked_count)
            select ${orgId}, ${resourceId}, starts_at, ${kind}, ${siteId}, 1 from past`;
          await tx`insert into claims (org_id, resource_id, starts_at, seat, appointment_id)
            select ${orgId}, ${resourceId}, starts_at, 1, id from past`;
        }
        await tx`insert into appointments (org_id, appointment_id, site_id, patient_id, service_id, provider_id, room_id,
            starts_at, ends_at, status)
          select ${orgId}, id, ${siteId}, patient_id, ${clinic.services.room}, ${providerId}, ${roomId},
            starts_at, starts_at + interval '15 minutes', 'fulfilled' from past`;
        await tx`insert into patient_claims (org_id, patient_id, starts_at, appointment_id)
          select ${orgId}, patient_id, starts_at, id from past`;
        await tx`insert into commands (org_id, command_id, body_hash, command_type, actor_id, desk_id, made_at, verdict)
          select ${orgId}, command_id, sha256(command_id::text::bytea), 'book', ${userId}, 'desk', starts_at,
            '{"kind": "done", "appointment": null}' from past`;
        await tx`insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
          select ${orgId}, ${siteId}, 'appointment', id, starts_at, starts_at + interval '15 minutes' from past`;
        await tx`insert into audit_events (org_id, actor_id, desk_id, command_id, action, entity, entity_id)
          select ${orgId}, ${userId}, 'desk', command_id, 'book', 'appointment', id from past`;
      });
    }
    await superuser`vacuum analyze`;
    await superuser`checkpoint`;
  } finally {
    await superuser.end();
  }
}
