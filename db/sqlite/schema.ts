import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** As drizzle sees it; migrations/*.sql makes all tables and says what they are for. The others are spoken to in SQL. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
