import postgres from 'postgres';

import { instantOf } from '../../../../core/domain/time/quarter.ts';
import type { EmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';
import { triples, type BenchClinic } from './bench-clinic.ts';

const tables = ['slots', 'appointments', 'patient_claims', 'commands', 'changes', 'appointment_events'];

/**
 * Writes `count` past visits of a quarter of an hour each, with a provider and a room, back to back day and night until the
 * clinic's opening, and all the rows that a booking leaves. The rows bypass the triggers and go into tables without indexes:
 * otherwise five million visits take hours. They are the rows that the triggers would have written, and the keys, which are
 * built at the end, hold.
 */
export async function writePast(database: EmbeddedPostgres, clinic: BenchClinic, count: number): Promise<void> {
  const url = new URL(database.superuserUrl);
  url.pathname = new URL(database.adminDatabaseUrl).pathname;
  const superuser = postgres(url.href, {
    max: 2,
    onnotice: () => {},
    connection: { session_replication_role: 'replica', synchronous_commit: 'off', maintenance_work_mem: '512MB' },
  });
  try {
    await superuser`alter system set max_wal_size = '16GB'`;
    await superuser`select pg_reload_conf()`;
    await withoutIndexes(superuser, async () => {
      let next = 0;
      const work = async () => {
        for (let k = next++; k < triples; k = next++)
          await writePastOf(superuser, clinic, k, Math.ceil(count / triples));
      };
      await Promise.all([work(), work()]);
    });
    await superuser`alter system reset max_wal_size`;
    await superuser`select pg_reload_conf()`;
    await superuser`vacuum analyze`;
    await superuser`checkpoint`;
  } finally {
    await superuser.end();
  }
}

/** Drops the keys and indexes of the tables, and builds the same ones again when `fill` is done. */
async function withoutIndexes(sql: postgres.Sql, fill: () => Promise<void>): Promise<void> {
  const keys = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype in ('p', 'u') and conrelid = any (${tables}::regclass[])`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any (${tables}::regclass[])
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))`;
  for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await fill();
  for (const { table, name, definition } of keys) {
    await sql.unsafe(`alter table ${table} add constraint ${name} ${definition}`);
  }
  for (const { definition } of indexes) await sql.unsafe(definition);
}

/** The visits of one provider in the room of the same number, one after another. */
async function writePastOf(sql: postgres.Sql, clinic: BenchClinic, k: number, visits: number): Promise<void> {
  const { orgId, siteId, userId } = clinic;
  const patients = clinic.patients as string[];
  const providerId = clinic.providers[k] ?? '';
  const roomId = clinic.rooms[k] ?? '';
  await sql.begin(async (tx) => {
    await tx`create temp table past on commit drop as
      select uuidv7() as id, uuidv7() as command_id,
        ${instantOf(clinic.opensAt)}::timestamptz - (${visits}::integer - n) * interval '15 minutes' as starts_at,
        (${patients}::uuid[])[1 + (n * ${triples}::integer + ${k}::integer) % ${patients.length}::integer] as patient_id
      from generate_series(0, ${visits - 1}::integer) n`;
    for (const [kind, resourceId] of [
      ['provider', providerId],
      ['room', roomId],
    ] as const) {
      await tx`insert into slots (org_id, resource_id, starts_at, resource_kind, site_id, booked_count, appointment_ids)
        select ${orgId}, ${resourceId}, starts_at, ${kind}, ${siteId}, 1, array[id] from past`;
    }
    await tx`insert into appointments (org_id, appointment_id, site_id, patient_id, service_id, provider_id, room_id,
        starts_at, ends_at, status)
      select ${orgId}, id, ${siteId}, patient_id, ${clinic.services.room}, ${providerId}, ${roomId},
        starts_at, starts_at + interval '15 minutes', 'fulfilled' from past`;
    await tx`insert into patient_claims (org_id, patient_id, starts_at, appointment_id)
      select ${orgId}, patient_id, starts_at, id from past`;
    await tx`insert into commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict)
      select ${orgId}, command_id, sha256(command_id::text::bytea), 'book', 'person', ${userId}, 'desk', starts_at,
        '{"kind": "done", "appointment": null}' from past`;
    await tx`insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
      select ${orgId}, ${siteId}, 'appointment', id, starts_at, starts_at + interval '15 minutes' from past`;
    await tx`insert into appointment_events (org_id, appointment_id, version, occurred_at, actor_kind, actor_id, desk_id, command_id,
        channel, action, status, site_id, starts_at, ends_at, provider_id, room_id)
      select ${orgId}, id, 1, starts_at, 'person', ${userId}, 'desk', command_id, 'desk', 'book', 'fulfilled', ${siteId},
        starts_at, starts_at + interval '15 minutes', ${providerId}, ${roomId} from past`;
  });
}
