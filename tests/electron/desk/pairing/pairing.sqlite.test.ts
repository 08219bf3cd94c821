import { expect, test } from 'vitest';

import { StoreInUseError } from '../../../../db/sqlite/lock-store.ts';
import { keyFile } from '../../../../electron/browser/key-file.ts';
import { openDesk } from '../../../../electron/desk/open-desk.ts';
import { aBook, aPerson, aSession } from '../../builders.ts';
import { credentials, scratchDesk, scratchFolder, scratchServer, untilCaughtUp } from '../../scratch.ts';

/** A desk that was paired by its code, and at which no person signed in. */
async function pairedDesk() {
  const server = await scratchServer();
  server.script.code = 'nordstern-K7QM-2XRA';
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir, pairingCode: 'nordstern-K7QM-2XRA' });
  await untilCaughtUp(opened.desk);
  return { server, dataDir, ...opened };
}

test('a paired desk keeps its days current by its own token while no person is signed in, also in its next run', async () => {
  const { server, dataDir, desk } = await pairedDesk();
  const described = await desk.call('describe', {});
  expect(server.pairings).toMatchObject([
    { code: 'nordstern-K7QM-2XRA', deskId: described.ok && described.value.deskId },
  ]);
  await desk.close();
  const second = scratchDesk({ serverUrl: server.url, dataDir, pairingCode: 'nordstern-K7QM-2XRA' });
  await untilCaughtUp(second.desk);
  expect(server.pairings).toHaveLength(1);
});

test('a command of one person goes out by the token of the desk while another person is signed in', async () => {
  const { server, desk } = await pairedDesk();
  await desk.call('signIn', credentials);
  server.script.decide = () => ({ status: 502, body: 'no', headers: { 'content-type': 'text/plain' } });
  const typed = aBook();
  expect(await desk.call('send', typed)).toMatchObject({ value: { kind: 'waiting' } });
  await desk.call('signOut', {});
  server.script.session = aSession({ person: aPerson({ userId: '0198b000-0000-7000-8000-0000000000a2' }) });
  await desk.call('signIn', credentials);
  server.script.decide = ({ commandId }) => ({ status: 200, body: { commandId, appointment: null } });
  await expect.poll(() => server.pushes.at(-1)?.token).toBe(server.script.paired?.deskToken);
  await expect.poll(() => desk.call('readStatus', {})).toMatchObject({ value: { waiting: 0 } });
  expect(server.pushes.at(-1)).toMatchObject({ command: typed.command });
});

test('a code that the server refuses is not tried again, and the desk works under the session', async () => {
  const server = await scratchServer();
  const { desk } = scratchDesk({
    serverUrl: server.url,
    dataDir: await scratchFolder(),
    pairingCode: 'nordstern-WRNG-WRNG',
  });
  await desk.call('signIn', credentials);
  await untilCaughtUp(desk);
  await expect.poll(() => server.pairings).toHaveLength(1);
  await desk.call('send', aBook());
  expect(server.pushes).toMatchObject([{ token: server.script.session.token }]);
});

test('a desk that was unpaired works under the session of the person who is signed in', async () => {
  const { server, desk } = await pairedDesk();
  await desk.call('signIn', credentials);
  server.script.paired = null;
  await desk.call('send', aBook());
  await expect.poll(() => server.pushes.at(-1)?.token).toBe(server.script.session.token);
  await expect.poll(() => desk.call('readStatus', {})).toMatchObject({ value: { waiting: 0 } });
});

test('a paired desk adds the handle of its organization to a user name that was typed without one', async () => {
  const { server, desk } = await pairedDesk();
  expect(await desk.call('describe', {})).toMatchObject({ value: { isPaired: true } });
  await desk.call('signIn', credentials);
  await desk.call('signIn', { ...credentials, username: 'rana@seawall' });
  const lone = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  expect(await lone.desk.call('describe', {})).toMatchObject({ value: { isPaired: false } });
  await lone.desk.call('signIn', credentials);
  expect(server.signIns.map(({ username }) => username)).toEqual(['rana@nordstern', 'rana@seawall', 'rana']);
});

test('a paired desk does not let in a person of another organization', async () => {
  const { server, desk } = await pairedDesk();
  server.script.session = aSession({ person: aPerson({ orgId: '0198b000-0000-7000-8000-0000000000b2' }) });
  expect(await desk.call('signIn', credentials)).toMatchObject({ problem: { code: 'forbidden' } });
  expect(await desk.call('describe', {})).toMatchObject({ value: { person: null } });
});

test('a second desk on the folder is refused by name, and opens once the first is closed', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const options = { serverUrl: server.url, dataDir, keys: keyFile };
  const first = openDesk(options);
  expect(() => openDesk(options)).toThrow(StoreInUseError);
  expect(() => openDesk(options)).toThrow(dataDir);
  await first.close();
  await openDesk(options).close();
});
