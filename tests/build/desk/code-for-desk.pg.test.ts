import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';

import { codeForDesk } from '../../../build/desk/code-for-desk.ts';
import { withDatabase } from '../../harness/postgres.ts';

const { adminDatabaseUrl } = await withDatabase();
const admin = postgres(adminDatabaseUrl, { max: 1 });
afterAll(() => admin.end());

it('a desk gets a code for the only organization, and none when there are several', async () => {
  const addOrganization = (handle: string) =>
    admin`insert into organizations (org_id, name, handle) values (gen_random_uuid(), 'One', ${handle})`;
  expect(await codeForDesk(adminDatabaseUrl)).toBeNull();
  await addOrganization('one');
  expect(await codeForDesk(adminDatabaseUrl)).toMatch(/^one-\w{4}-\w{4}$/);
  await addOrganization('another');
  expect(await codeForDesk(adminDatabaseUrl)).toBeNull();
});
