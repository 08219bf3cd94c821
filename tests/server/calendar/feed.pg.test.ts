import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';

import { changes, type Changes } from '../../../core/calendar/calendar.ts';
import { instantOf } from '../../../core/domain/time/quarter.ts';
import { hashPassword } from '../../../server/sessions/passwords.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { bookCommand } from '../../builders/commands.ts';
import { makeGate } from '../../builders/gate.ts';
import { requireProblem, password, request, withServers } from '../../builders/server.ts';

const { admin, clinic, start, signIn } = await withServers({ patients: 30, providers: 30, rooms: 30 });
const gate = makeGate();
const server = await start({ hooks: gate.hooks });
const token = await signIn(server, clinic.username);

async function pull(cursor: string, as = token): Promise<Changes> {
  const answer = await request(server, 'GET', `/api/changes?cursor=${encodeURIComponent(cursor)}`, { token: as });
  expect(answer.status).toBe(200);
  return changes.parse(answer.body);
}

/** Each booking has a provider, a room and a patient of its own, so that none waits for another. */
let booked = 0;
function nextBooking() {
  const n = booked++;
  return bookCommand(clinic, 0, {
    patientId: clinic.patients[n] ?? '',
    providerId: clinic.providers[n] ?? '',
    roomId: clinic.rooms[n] ?? '',
  });
}
const book = (body = nextBooking()) => request(server, 'POST', '/api/commands/book', { token, body });
/** A tail that nobody pokes is fresh for a second. */
const patience = { timeout: 10_000 };
const entities = (feed: Changes) => feed.changes.map((change) => change.entityId);

it('gives what changed since the cursor, once, with the time that it touches', async () => {
  const { cursor, ...rest } = await pull('');
  expect(rest).toEqual({ reset: true, withheld: false, changes: [] });
  const body = nextBooking();
  expect((await book(body)).status).toBe(200);
  const feed = await pull(cursor);
  expect(feed).toMatchObject({ reset: false, withheld: false });
  const { appointmentId, patientId } = body.body;
  const [patient] = feed.changes.flatMap((change) => (change.entity === 'appointment' ? change.patient : []));
  expect(feed.changes).toEqual([
    {
      entity: 'appointment',
      entityId: appointmentId,
      siteId: clinic.siteId,
      touchesFrom: instantOf(clinic.opensAt),
      touchesUntil: instantOf(clinic.opensAt + 2),
      appointment: expect.objectContaining({ appointmentId, patientId, version: 1, status: 'booked' }),
      patient,
    },
  ]);
  expect(patient).toMatchObject({ patientId, displayName: `Patient ${patientId}` });
  expect(await pull(feed.cursor)).toMatchObject({ reset: false, withheld: false, changes: [] });
});

it('withholds what was committed after a transaction that is still open, and then gives both in order', async () => {
  const { cursor } = await pull('');
  const [slow, fast] = [nextBooking(), nextBooking()];
  const held = await gate.hold(() => book(slow));
  expect((await book(fast)).status).toBe(200);
  const before = await pull(cursor);
  expect(before).toMatchObject({ reset: false, withheld: true, changes: [] });
  expect((await held.release()).status).toBe(200);
  const after = await pull(before.cursor);
  expect(after.withheld).toBe(false);
  expect(entities(after)).toEqual([slow.body.appointmentId, fast.body.appointmentId]);
});

it('loses nothing between a day view and the pull that goes on from it', async () => {
  const [early, slow, late] = [nextBooking(), nextBooking(), nextBooking()];
  const held = await gate.hold(() => book(slow));
  await book(early);
  const day = (await request(server, 'GET', `/api/sites/${clinic.siteId}/days/2031-03-03`, { token })).body as {
    cursor: string;
    appointments: { appointmentId: string }[];
  };
  expect(day.appointments.map((appointment) => appointment.appointmentId)).toContain(early.body.appointmentId);
  await held.release();
  await book(late);
  const seen = entities(await pull(day.cursor));
  expect(seen).toEqual(expect.arrayContaining([slow.body.appointmentId, late.body.appointmentId]));
});

it('gives hundreds in pages of 500, in order, none twice and none left out', async () => {
  let { cursor } = await pull('');
  const ids = Array.from({ length: 1201 }, () => uuidv7());
  await admin`insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    select ${clinic.orgId}, ${clinic.siteId}, 'slots', id, now(), now() from unnest(${ids}::uuid[]) with ordinality u (id, n) order by n`;
  // Nobody pokes for an owner who writes by hand.
  await expect.poll(async () => (await pull(cursor)).changes.length, patience).toBeGreaterThan(0);
  const pages: Changes[] = [];
  do {
    const page = await pull(cursor);
    cursor = page.cursor;
    pages.push(page);
  } while (pages.at(-1)?.withheld);
  expect(pages.map((page) => page.changes.length)).toEqual([500, 500, 201]);
  expect(pages.flatMap(entities)).toEqual(ids);
});

it('begins anew for a cursor of another timeline: a lost one, one ahead, one that is none', async () => {
  const { cursor } = await pull('');
  const [epoch = '', xid = ''] = cursor.split('.');
  const ahead = `${epoch}.${BigInt(xid) + 1_000_000n}.0`;
  const others = [
    `${uuidv7()}.${xid}.0`,
    ahead,
    'nonsense',
    `${epoch}.${'9'.repeat(18)}.${'9'.repeat(18)}`,
    `${epoch}.-1.0`,
  ];
  for (const other of others) expect(await pull(other)).toMatchObject({ reset: true, changes: [] });
  await admin`update organizations set feed_epoch = gen_random_uuid() where org_id = ${clinic.orgId}`;
  await expect.poll(async () => (await pull(cursor)).reset, patience).toBe(true);
  const anew = await pull(cursor);
  expect(await pull(anew.cursor)).toMatchObject({ reset: false, changes: [] });
});

it("never gives another organization's changes", async () => {
  const other = await makeClinic(admin, { passwordHash: await hashPassword(password) });
  const theirs = await signIn(server, other.signInName);
  const [mine, before] = [await pull(''), await pull('', theirs)];
  expect((await book()).status).toBe(200);
  expect(await pull(before.cursor, theirs)).toMatchObject({ reset: false, changes: [] });
  expect((await pull(mine.cursor)).changes).toHaveLength(1);
  expect(await pull(mine.cursor, theirs)).toMatchObject({ reset: true, changes: [] });
  const answer = await request(server, 'GET', `/api/sites/${clinic.siteId}/days/2031-03-03`, { token: theirs });
  requireProblem(answer, 'not-found');
});
