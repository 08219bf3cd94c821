import type { Query } from '../../db/pg/pool.ts';

/** The ids of all organizations. */
export async function findOrganizations(sql: Query): Promise<string[]> {
  const rows = await sql<{ orgId: string }[]>`select org_id as "orgId" from holdfast_api.find_organizations()`;
  return rows.map(({ orgId }) => orgId);
}
