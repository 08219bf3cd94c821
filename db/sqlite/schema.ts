import { integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

/**
 * The desk's tables as TypeScript knows them. store.sql makes them and says what they are for; a test compares the two
 * column by column. Statements that run often are prepared SQL (electron/desk/store).
 */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const outbox = sqliteTable('outbox', {
  position: integer('position').primaryKey({ autoIncrement: true }),
  commandId: text('command_id').notNull().unique(),
  orgId: text('org_id').notNull(),
  actorId: text('actor_id').notNull(),
  lane: text('lane').notNull(),
  type: text('type').notNull(),
  command: text('command').notNull(),
  madeAt: text('made_at').notNull(),
  clockOffset: integer('clock_offset'),
  afterCommandId: text('after_command_id'),
  state: text('state', { enum: ['saved', 'sent', 'confirmed', 'refused', 'resolved'] })
    .notNull()
    .default('saved'),
  undoes: text('undoes'),
  expected: text('expected'),
  patient: text('patient'),
  problem: text('problem'),
  followsCommandId: text('follows_command_id'),
  waitsFor: text('waits_for').notNull().default('[]'),
  frees: text('frees'),
  decidedAt: text('decided_at'),
  epoch: text('epoch'),
  resolution: text('resolution'),
});

export const heldDays = sqliteTable(
  'held_days',
  {
    orgId: text('org_id').notNull(),
    siteId: text('site_id').notNull(),
    date: text('date').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    timeZone: text('time_zone').notNull(),
    frame: text('frame').notNull(),
    epoch: text('epoch').notNull(),
    position: text('position').notNull(),
    confirmedAt: text('confirmed_at').notNull(),
    lookedAt: text('looked_at').notNull(),
    withPatients: integer('with_patients').notNull(),
    stale: integer('stale').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.siteId, table.date] })],
);

export const appointments = sqliteTable(
  'appointments',
  {
    orgId: text('org_id').notNull(),
    appointmentId: text('appointment_id').notNull(),
    version: integer('version').notNull(),
    siteId: text('site_id').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    status: text('status').notNull(),
    patientId: text('patient_id'),
    appointment: text('appointment').notNull(),
    epoch: text('epoch').notNull(),
    position: text('position'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.appointmentId] })],
);

export const patients = sqliteTable(
  'patients',
  {
    number: integer('number').primaryKey(),
    orgId: text('org_id').notNull(),
    patientId: text('patient_id').notNull(),
    patient: text('patient').notNull(),
    searchText: text('search_text').notNull(),
    searchedAt: text('searched_at'),
  },
  (table) => [unique().on(table.orgId, table.patientId)],
);
