import type postgres from 'postgres';

/** The app's role could pass the walls: it owns them, is a superuser, or bypasses row-level security. */
export class AppRoleTooPowerfulError extends Error {
  constructor(role: string) {
    super(
      `DATABASE_URL's role "${role}" owns the tables, is a superuser or bypasses row-level security; ` +
        'give the app a role of its own: CREATE ROLE holdfast_app LOGIN PASSWORD …',
    );
    this.name = 'AppRoleTooPowerfulError';
  }
}

/**
 * Lets the app's role call every function of `holdfast_api` and read every view of `holdfast_read`, and no more: it sees
 * nothing of `holdfast`, where the tables are. Idempotent.
 */
export async function grantAppRole(sql: postgres.TransactionSql, role: string): Promise<void> {
  const [powers] = await sql<{ too_powerful: boolean }[]>`
    select rolsuper or rolbypassrls or pg_has_role(rolname, current_user, 'member') as too_powerful
    from pg_roles where rolname = ${role}`;
  if (!powers) {
    throw new Error(`DATABASE_URL's role "${role}" does not exist; create it: CREATE ROLE ${role} LOGIN PASSWORD …`);
  }
  if (powers.too_powerful) throw new AppRoleTooPowerfulError(role);
  await sql`grant usage on schema holdfast_api, holdfast_read to ${sql(role)}`;
  await sql`grant execute on all functions in schema holdfast_api to ${sql(role)}`;
  await sql`grant select on all tables in schema holdfast_read to ${sql(role)}`;
}
