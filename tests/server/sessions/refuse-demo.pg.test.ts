import { expect, it } from 'vitest';

import { hashPassword } from '../../../server/sessions/passwords.ts';
import { withServers } from '../../builders/server.ts';

const { admin, clinic, start } = await withServers();

it('a server that others can reach does not start while a password of the demo opens an account', async () => {
  await (await start({ host: '0.0.0.0' })).close();
  await admin`update organizations set is_demo = true where org_id = ${clinic.orgId}`;
  // The passwords of this clinic are other ones.
  await (await start({ host: '0.0.0.0' })).close();
  const passwordHash = await hashPassword(`demo-${clinic.username}`);
  await admin`update users set password_hash = ${passwordHash} where user_id = ${clinic.userId}`;
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow(
    `"${clinic.username}" signs in with a password that everybody`,
  );
  for (const host of ['127.0.0.1', 'localhost']) await (await start({ host })).close();
  await admin`update users set active = false where user_id = ${clinic.userId}`;
  await (await start({ host: '0.0.0.0' })).close();
});
