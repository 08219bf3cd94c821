import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { waitlistEntry } from '../../../core/contract/waitlist.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { loadWaitlist } from '../../../server/waitlist/load-waitlist.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { joinCommand, leaveCommand } from '../../builders/commands.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, clinic, database, users, start, signIn } = await withServers({ patients: 9 });
const pool = openPool(database.databaseUrl, { max: 1 });
afterAll(() => pool.end());
const server = await start();
const token = await signIn(server, clinic.username);
const at = (offset: number) => instantOf(clinic.opensAt + offset);

const join = (command: ReturnType<typeof joinCommand>) =>
  request(server, 'POST', '/api/commands/join-waitlist', { token, body: command });
const leave = (command: ReturnType<typeof leaveCommand>) =>
  request(server, 'POST', '/api/commands/leave-waitlist', { token, body: command });
async function read(as = token, siteId = clinic.siteId) {
  const answer = await request(server, 'GET', `/api/sites/${siteId}/waitlist`, { token: as });
  expect(answer.status).toBe(200);
  return waitlistEntry.array().parse(answer.body);
}
async function joinWaitlist(...overrides: Parameters<typeof joinCommand>[1][]) {
  for (const override of overrides) expect((await join(joinCommand(clinic, override))).status).toBe(200);
}
async function emptied() {
  for (const { waitlistEntryId } of await read()) await leave(leaveCommand(clinic, waitlistEntryId));
}

describe('the waitlist', () => {
  it('keeps a request unchanged until it is taken off, which happens once', async () => {
    const windows = [
      { startsAt: at(0), endsAt: at(8) },
      { startsAt: at(4), endsAt: at(12) },
    ];
    const command = joinCommand(clinic, {
      windows,
      urgency: 'soon',
      note: 'Mornings',
      providerIds: [...clinic.providers],
    });
    expect((await join(command)).body).toEqual({ commandId: command.commandId, appointment: null });
    const { waitlistEntryId, patientId } = command.body;
    expect(await read()).toEqual([
      {
        waitlistEntryId,
        siteId: clinic.siteId,
        patientId,
        patient: { patientId, displayName: `Patient ${patientId}`, birthDate: '1980-01-01', phone: '', alert: '' },
        serviceId: clinic.services.room,
        serviceName: 'Check-up',
        providerIds: clinic.providers,
        windows,
        urgency: 'soon',
        note: 'Mornings',
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
    const leaving = leaveCommand(clinic, waitlistEntryId);
    for (const again of [leaving, leaving, leaveCommand(clinic, waitlistEntryId)]) {
      expect((await leave(again)).status).toBe(200);
      expect(await read()).toEqual([]);
    }
    const audited =
      await admin`select action from audit_events where entity_id = ${waitlistEntryId} order by audit_event_id`;
    expect(audited.map(({ action }) => action as string)).toEqual(['join-waitlist', 'leave-waitlist']);
  });

  it('lists the most urgent first, and of equals the one that has waited longest', async () => {
    const [a, b, c, d] = clinic.patients;
    await joinWaitlist(
      { patientId: a ?? '' },
      { patientId: b ?? '', urgency: 'urgent' },
      { patientId: c ?? '', urgency: 'soon' },
      { patientId: d ?? '', urgency: 'urgent' },
    );
    expect((await read()).map(({ patientId }) => patientId)).toEqual([b, d, c, a]);
    await emptied();
  });

  it('shows neither names nor notes to people who may not see patients', async () => {
    await joinWaitlist({ note: 'Afraid of needles' });
    const wanted = { orgId: clinic.orgId, siteId: clinic.siteId, withPatients: false };
    const [entry] = waitlistEntry.array().parse(await loadWaitlist(pool, wanted));
    expect(entry).toMatchObject({ patient: null, note: '' });
    await emptied();
  });

  it('tells every desk when an entry joins, and again when it leaves', async () => {
    const pull = async (cursor: string) =>
      (await request(server, 'GET', `/api/changes?cursor=${cursor}`, { token })).body as {
        cursor: string;
        changes: unknown[];
      };
    const { cursor } = await pull('');
    const command = joinCommand(clinic);
    await join(command);
    const { waitlistEntryId } = command.body;
    const joined = await pull(cursor);
    expect(joined.changes).toEqual([{ entity: 'waitlist', entityId: waitlistEntryId }]);
    await leave(leaveCommand(clinic, waitlistEntryId));
    expect((await pull(joined.cursor)).changes).toEqual([{ entity: 'waitlist', entityId: waitlistEntryId }]);
  });

  it('belongs to one organization and one site', async () => {
    await joinWaitlist({});
    const other = await makeClinic(admin);
    expect(await read(token, other.siteId)).toEqual([]);
    const elsewhere = uuidv7();
    await admin`insert into sites (org_id, site_id, name, time_zone, country) values (${clinic.orgId}, ${elsewhere}, 'Other', 'UTC', 'GB')`;
    expect(await read(token, elsewhere)).toEqual([]);
    await emptied();
  });
});

describe('a wish is refused', () => {
  it.each([
    ['for a site that is not there', { siteId: uuidv7() }],
    ['for a patient who is not there', { patientId: uuidv7() }],
    ['for a service that is not there', { serviceId: uuidv7() }],
    ['with a provider who is not there', { providerIds: [uuidv7()] }],
    ['with a room in the place of a provider', { providerIds: clinic.rooms.slice(0, 1) }],
  ])('%s', async (_, overrides) => {
    const command = joinCommand(clinic, overrides);
    requireProblem(await join(command), 'not-found');
    requireProblem(await join(command), 'not-found');
    expect(await read()).toEqual([]);
  });

  it('whose window ends before it begins', async () => {
    const windows = [{ startsAt: at(4), endsAt: at(4) }];
    const { data } = requireProblem(await join(joinCommand(clinic, { windows })), 'invalid-input');
    expect(data.issues).toEqual([{ path: 'body.windows.0.endsAt', message: 'A window ends after it begins.' }]);
  });

  it('under the id of another, and under the command of another', async () => {
    const command = joinCommand(clinic);
    await join(command);
    const same = joinCommand(clinic, { waitlistEntryId: command.body.waitlistEntryId });
    const { data } = requireProblem(await join(same), 'invalid-input');
    expect(data.issues.map(({ path }) => path)).toEqual(['body.waitlistEntryId']);
    requireProblem(await join({ ...command, body: { ...command.body, urgency: 'urgent' } }), 'command-reused');
    expect(await read()).toMatchObject([{ urgency: 'routine' }]);
    await emptied();
  });
});

it('leaving is refused for an entry that was never on the list', async () => {
  requireProblem(await leave(leaveCommand(clinic, uuidv7())), 'not-found');
  const command = { ...leaveCommand(clinic, uuidv7()), actorId: users.kiosk };
  const as = await signIn(server, 'kiosk');
  requireProblem(
    await request(server, 'POST', '/api/commands/leave-waitlist', { token: as, body: command }),
    'forbidden',
  );
});
