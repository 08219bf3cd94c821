import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';

import { deskAccess } from '../../../core/contract/desk/access.ts';
import { deskCalls, type DeskCall } from '../../../core/contract/desk/calls.ts';
import { permissionsOf, roles, type Permission, type Role } from '../../../core/domain/people/permissions.ts';
import { aBook, aPerson, aSession, berlin } from '../builders.ts';
import { credentials, scratchDesk, scratchFolder, scratchServer } from '../scratch.ts';
import { anna, offlineDesk } from './offline-desk.ts';

/** A well-formed input of each call. */
const samples: { readonly [C in DeskCall]: unknown } = {
  describe: {},
  signIn: credentials,
  signOut: {},
  readDay: { siteId: berlin.siteId, date: '2026-11-23' },
  searchPatients: { query: 'anna' },
  send: aBook(),
  readWaitlist: { siteId: berlin.siteId },
  readOutbox: {},
  explainRefusal: { commandId: uuidv7() },
  resolveRefusal: { commandId: uuidv7(), as: 'discarded' },
  readStatus: {},
  readDiagnostics: {},
  readSetup: {},
  testSetup: { kind: 'connect', serverUrl: 'http://127.0.0.1:9', code: 'nordstern-K7QM-2XRA' },
  applySetup: { kind: 'connect', serverUrl: 'http://127.0.0.1:9', code: 'nordstern-K7QM-2XRA' },
  inviteDesk: {},
};

/** What the table says of a caller at a desk where somebody has signed in before. */
function expected(call: DeskCall, permissions: readonly Permission[] | null): 'in' | 'unauthenticated' | 'forbidden' {
  const access = deskAccess[call];
  if (access === 'anyone') return 'in';
  if (permissions === null) return 'unauthenticated';
  const needed: Permission | null =
    call === 'send' ? 'book' : access === 'signed-in' ? null : access === 'setup' ? 'set-up-desk' : access;
  return needed === null || permissions.includes(needed) ? 'in' : 'forbidden';
}

/** A desk at which a person of this role is signed in; `null`: the person has signed out. */
async function deskOf(role: Role | null) {
  const server = await scratchServer();
  server.script.session = aSession({ person: aPerson({ role: role ?? 'receptionist' }) });
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  expect(await desk.call('signIn', credentials)).toMatchObject({ ok: true });
  if (role === null) await desk.call('signOut', {});
  return desk;
}

describe.each([...roles, null])('the calls of %s', (role) => {
  const calls = (Object.keys(deskCalls) as DeskCall[]).filter((call) => !['signIn', 'signOut'].includes(call));

  test('are let in exactly as the table says', async () => {
    const desk = await deskOf(role);
    for (const call of calls) {
      const answer = await desk.answer(call, samples[call]);
      const code = answer.ok ? 'in' : answer.problem.code;
      const isShutOut = code === 'unauthenticated' || code === 'forbidden';
      expect(isShutOut ? code : 'in', call).toBe(expected(call, role && permissionsOf(role)));
    }
  });
});

test('a new desk takes the calls of the setup from whoever sets it up, and only until somebody has signed in', async () => {
  const server = await scratchServer();
  const { desk } = scratchDesk({ serverUrl: server.url, dataDir: await scratchFolder() });
  expect(await desk.call('describe', {})).toMatchObject({ value: { isNew: true } });
  expect(await desk.call('readSetup', {})).toMatchObject({ ok: true });
  await desk.call('signIn', credentials);
  expect(await desk.call('describe', {})).toMatchObject({ value: { isNew: false } });
  expect(await desk.call('readSetup', {})).toMatchObject({ problem: { code: 'forbidden' } });
  await desk.call('signOut', {});
  expect(await desk.call('readSetup', {})).toMatchObject({ problem: { code: 'unauthenticated' } });
});

test('after a sign-out no answer of the desk names a patient whom the desk knows', async () => {
  const { desk } = await offlineDesk();
  const answerOf = async (call: DeskCall) => JSON.stringify(await desk.answer(call, samples[call]));
  for (const call of ['readDay', 'searchPatients'] as const) expect(await answerOf(call)).toContain(anna.displayName);
  await desk.call('signOut', {});
  for (const call of Object.keys(deskCalls) as DeskCall[]) {
    const answer = await answerOf(call);
    for (const secret of [anna.displayName, anna.phone]) expect(answer, call).not.toContain(secret);
  }
});
