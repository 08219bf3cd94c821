import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';

import { pairing, pairingCode, type PairedDesk } from '../../../core/contract/pairing.ts';
import { makePairingCode } from '../../../server/desks/invite-desk.ts';
import { mintPairingCode } from '../../../server/desks/pairing-code.ts';
import { hashToken } from '../../../server/sessions/tokens.ts';
import type { RunningServer } from '../../../server/start-server.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, superuser, database, clinic, users, logged, start, signIn } = await withServers();
const server = await start();
const administrator = await signIn(server, 'administrator');

async function invite(): Promise<{ code: string; expiresAt: string }> {
  const answer = await request(server, 'POST', '/api/desks/pairings', { token: administrator });
  expect(answer.status).toBe(200);
  return pairing.parse(answer.body);
}
const pair = (code: string, deskId = uuidv7(), at: RunningServer = server, name = 'Front desk') =>
  request(at, 'POST', '/api/desks', { body: { code, deskId, name } });
async function pairDesk(code: string, deskId = uuidv7()): Promise<PairedDesk> {
  const answer = await pair(code, deskId);
  expect(answer.status).toBe(200);
  return answer.body as PairedDesk;
}
const readsWith = async (token: string, at = server) =>
  (await request(at, 'GET', '/api/changes?cursor=', { token })).status;

describe('a pairing code', () => {
  it('fits the contract, both as it is shown and as a person types it', async () => {
    for (let n = 0; n < 200; n++) {
      const code = mintPairingCode('nordstern');
      expect(pairingCode.parse(code)).toBe(code);
      expect(pairingCode.parse(` ${code.toLowerCase()}`)).toBe(code);
      expect(pairingCode.parse(code.replace(/-(....)$/, '$1').toUpperCase())).toBe(code);
    }
  });

  it('pairs one desk, which gets a credential of its own and the name of its organization', async () => {
    const { code } = await invite();
    const deskId = uuidv7();
    const paired = await pairDesk(code.toLowerCase(), deskId);
    expect(paired).toEqual({
      deskToken: expect.stringMatching(new RegExp(`^${clinic.handle}_desk_[\\w-]{43}$`)),
      orgId: clinic.orgId,
      organizationName: 'Clinic of a test',
      isDemo: false,
    });
    expect(await readsWith(paired.deskToken)).toBe(200);
    const audited = await admin`select actor_id, desk_id, action from audit_events where entity_id = ${deskId}`;
    expect([...audited]).toEqual([{ actor_id: users.administrator, desk_id: deskId, action: 'pair-desk' }]);
  });

  it('is valid for ten minutes', async () => {
    const { code, expiresAt } = await invite();
    const [row] = await admin<{ seconds: number }[]>`
      select extract(epoch from ${expiresAt}::timestamptz - now())::float8 as seconds`;
    expect(Math.abs((row?.seconds ?? 0) - 600)).toBeLessThan(60);
    await admin`update desk_pairings set expires_at = now() where used_at is null`;
    requireProblem(await pair(code), 'unauthenticated');
  });

  it('is valid once, also when several desks use it at the same time', async () => {
    const { code } = await invite();
    const answers = await Promise.all(Array.from({ length: 8 }, () => pair(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 200) requireProblem(answer, 'unauthenticated');
    requireProblem(await pair(code), 'unauthenticated');
  });

  it('gets the same answer whether it is wrong, used or too old', async () => {
    const fresh = await start();
    const { code: used } = await invite();
    await pairDesk(used);
    const { code: old } = await invite();
    await admin`update desk_pairings set expires_at = now() where used_at is null`;
    const answers = [];
    for (const code of [mintPairingCode(clinic.handle), used, old]) answers.push(await pair(code, uuidv7(), fresh));
    const said = answers.map((answer) => requireProblem(answer, 'unauthenticated').detail);
    expect(new Set(said).size).toBe(1);
  });

  it('cannot be guessed: after some failures the server refuses every code from that address', async () => {
    const strict = await start({ limits: { signInFailures: 3 } });
    for (let n = 0; n < 3; n++)
      requireProblem(await pair(mintPairingCode(clinic.handle), uuidv7(), strict), 'unauthenticated');
    const { code } = await invite();
    const refusal = await pair(code, uuidv7(), strict);
    requireProblem(refusal, 'too-many-requests');
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await pair(code)).status).toBe(200);
  });

  it('is refused without its handle, and the refusal says what is missing', async () => {
    const { code } = await invite();
    for (const typed of [code.slice(-9), code.slice(-9).replace('-', '').toLowerCase()]) {
      const { data } = requireProblem(await pair(typed), 'invalid-input');
      expect(data.issues).toEqual([
        { path: 'code', message: expect.stringContaining("organization's part is missing") },
      ]);
    }
    expect((await pair(code)).status).toBe(200);
  });

  it.each(['ward-K7QM-2XR', 'ward-K7QM-2XRI', 'ward-K0QM-2XRA', 'ward-K7QM 2XRA', 'wa-K7QM-2XRA', 'wardK7QM2XRA', ''])(
    'is never %j',
    async (code) => {
      requireProblem(await pair(code), 'invalid-input');
    },
  );

  it('is made only for people who may pair desks', async () => {
    const token = await signIn(server, 'manager');
    requireProblem(await request(server, 'POST', '/api/desks/pairings', { token }), 'forbidden');
  });
});

describe('a code from the terminal', () => {
  const { adminDatabaseUrl } = database;

  it('works like an administrator’s code, and names nobody in the audit trail', async () => {
    const { code } = await makePairingCode({ adminDatabaseUrl });
    const deskId = uuidv7();
    expect(await pairDesk(code, deskId)).toMatchObject({ orgId: clinic.orgId });
    const audited = await admin`select actor_id from audit_events where entity_id = ${deskId}`;
    expect([...audited]).toEqual([{ actor_id: null }]);
  });

  it('is for one organization, which must be named where there are more', async () => {
    const other = await makeClinic(admin);
    await expect(makePairingCode({ adminDatabaseUrl })).rejects.toThrow('to one organization, and there are 2');
    const { code } = await makePairingCode({ adminDatabaseUrl, orgId: other.orgId });
    expect(await pairDesk(code)).toMatchObject({ orgId: other.orgId });
  });
});

describe("a desk's credential", () => {
  it('is replaced when the desk is paired again, and the old one becomes invalid', async () => {
    const deskId = uuidv7();
    const first = await pairDesk((await invite()).code, deskId);
    const second = await pairDesk((await invite()).code, deskId);
    const elsewhere = await start();
    expect(await readsWith(first.deskToken, elsewhere)).toBe(401);
    expect(await readsWith(second.deskToken, elsewhere)).toBe(200);
  });

  it('is invalid from the moment the desk is shut out until the desk is paired again', async () => {
    const deskId = uuidv7();
    const { deskToken } = await pairDesk((await invite()).code, deskId);
    await admin`update desks set revoked_at = now() where desk_id = ${deskId}`;
    expect(await readsWith(deskToken, await start())).toBe(401);
    const { deskToken: anew } = await pairDesk((await invite()).code, deskId);
    expect(await readsWith(anew)).toBe(200);
  });

  it('appears nowhere in the database or the log, and neither does a code', async () => {
    const { code } = await invite();
    const { deskToken } = await pairDesk(code);
    const tables = ['desks', 'desk_pairings', 'audit_events', 'sessions'];
    const stored = await Promise.all(
      tables.map((table) => superuser<{ text: string }[]>`select t::text as text from ${superuser(table)} t`),
    );
    const everything = [...stored.flat().map(({ text }) => text), ...logged].join('\n');
    expect(everything).toContain(clinic.orgId);
    for (const secret of [deskToken, deskToken.slice(-43), code, code.slice(-9), code.slice(-9).replace('-', '')]) {
      expect(everything).not.toContain(secret);
    }
  });
});

describe('where the server holds two organizations', () => {
  it('a code opens its own alone, whichever of the two handles it is typed with', async () => {
    const several = await start();
    const other = await makeClinic(admin);
    const { code } = await invite();
    for (const handle of [other.handle, 'nobodys']) {
      requireProblem(await pair(code.replace(clinic.handle, handle), uuidv7(), several), 'unauthenticated');
    }
    // The hash covers the handle. The statement of the database must name the organization all the same.
    const pairAt = (handle: string) =>
      admin`select org_id from holdfast_api.pair_desk(${handle}, ${hashToken(code)}, ${uuidv7()}, 'Desk', sha256('t'))`;
    expect(await pairAt(other.handle)).toHaveLength(0);
    expect([...(await pairAt(clinic.handle))]).toEqual([{ org_id: clinic.orgId }]);
  });
});
