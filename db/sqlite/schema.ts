import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The desk's tables as drizzle sees them; migrations/*.sql makes them, and says what they are for. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const days = sqliteTable(
  'days',
  {
    orgId: text('org_id').notNull(),
    siteId: text('site_id').notNull(),
    date: text('date').notNull(),
    cursor: text('cursor').notNull(),
    view: text('view').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.siteId, table.date] })],
);

export const outbox = sqliteTable(
  'outbox',
  {
    position: integer('position').primaryKey({ autoIncrement: true }),
    commandId: text('command_id').notNull().unique(),
    orgId: text('org_id').notNull(),
    actorId: text('actor_id').notNull(),
    lane: text('lane').notNull(),
    type: text('type').notNull(),
    command: text('command').notNull(),
    madeAt: text('made_at').notNull(),
    afterCommandId: text('after_command_id'),
  },
  (table) => [index('outbox_by_actor').on(table.orgId, table.actorId, table.position)],
);
