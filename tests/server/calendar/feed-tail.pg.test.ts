import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';

import type { Changes } from '../../../core/calendar/calendar.ts';
import { readCursor } from '../../../core/domain/sync/feed-position.ts';
import type { Query } from '../../../db/pg/pool.ts';
import { openFeed } from '../../../server/calendar/feed.ts';
import { requireDone, withBookingDesk } from '../../builders/booking-desk.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { aboutCommand, bookCommand } from '../../builders/commands.ts';
import { makeGate } from '../../builders/gate.ts';

const { admin, pool, clinic, send } = await withBookingDesk({ providers: 9, rooms: 9, patients: 9, days: 9 });
const { orgId } = clinic;

/** A feed whose queries are counted and can be held or fail, and whose clock stands still. */
function countedFeed() {
  const state = { queries: 0, clock: 0, before: async () => {} };
  const counted: Query = async (text, ...values) => {
    state.queries++;
    await state.before();
    return pool(text, ...values);
  };
  const feed = openFeed({ pool: counted, now: () => state.clock });
  const pull = (cursor: string, withPatients = true) => feed.pull(orgId, cursor, withPatients);
  return { state, feed, pull };
}

/** The answer of a server that was asked nothing before. */
const pullAnew = (cursor: string) => openFeed({ pool }).pull(orgId, cursor, true);

let planned = 0;
/** The bookings of one half hour have different providers, rooms and patients, so that none waits for a held one. */
function nextBooking() {
  const n = planned++;
  const [patientId = '', providerId = '', roomId = ''] = [
    clinic.patients[n % 9],
    clinic.providers[n % 9],
    clinic.rooms[n % 9],
  ];
  return bookCommand(clinic, 2 * Math.floor(n / 9), { patientId, providerId, roomId });
}
const book = async () => requireDone(await send('book', nextBooking()));

/** Inserts rows into the feed alone, as the owner. */
async function writeRows(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await admin`insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
    select ${orgId}, ${clinic.siteId}, 'slots', id, now(), now()
    from unnest(${ids}::uuid[]) with ordinality u (id, n) order by n`;
  return ids;
}
const entities = ({ changes }: Changes) => changes.map(({ entityId }) => entityId);

describe('many desks that pull after a poke', () => {
  it.each([1, 40])('ask the database once, and %i are told the same', async (desks) => {
    const { state, feed, pull } = countedFeed();
    const { cursor } = await pull('');
    const visit = await book();
    state.queries = 0;
    feed.touch(orgId);
    const answers = await Promise.all(Array.from({ length: desks }, () => pull(cursor)));
    answers.push(await pull(cursor));
    expect(state.queries).toBe(1);
    const due = await pullAnew(cursor);
    expect(entities(due)).toEqual([visit.appointmentId]);
    for (const answer of answers) expect(answer).toEqual(due);
  });

  it('query once more when a change was announced while the first query was under way', async () => {
    const { state, feed, pull } = countedFeed();
    const { cursor } = await pull('');
    const held = Promise.withResolvers<void>();
    state.before = () => held.promise;
    state.queries = 0;
    feed.touch(orgId);
    const early = [pull(cursor), pull(cursor)];
    await vi.waitFor(() => expect(state.queries).toBe(1));
    const visit = await book();
    feed.touch(orgId);
    const late = [pull(cursor), pull(cursor), pull(cursor)];
    held.resolve();
    for (const answer of await Promise.all(late)) expect(entities(answer)).toContain(visit.appointmentId);
    await Promise.all(early);
    expect(state.queries).toBe(2);
  });

  it('query nothing for a second while no change was announced', async () => {
    const { state, pull } = countedFeed();
    const { cursor } = await pull('');
    state.queries = 0;
    state.clock = 999;
    await pull(cursor);
    expect(state.queries).toBe(0);
    // A lost poke.
    const visit = await book();
    state.clock = 1001;
    expect(entities(await pull(cursor))).toEqual([visit.appointmentId]);
    expect(state.queries).toBe(1);
  });

  it('query again soon while rows wait behind a transaction, because its end may cause no poke', async () => {
    const { state, feed, pull } = countedFeed();
    const { cursor } = await pull('');
    const gate = makeGate();
    const held = await gate.hold(() => send('book', nextBooking(), gate.hooks));
    const behind = await book();
    feed.touch(orgId);
    const before = await pull(cursor);
    expect(before).toMatchObject({ withheld: true, changes: [] });
    const first = requireDone(await held.release());
    state.clock = 60;
    const after = await pull(before.cursor);
    expect(after.withheld).toBe(false);
    expect(entities(after)).toEqual([first.appointmentId, behind.appointmentId]);
  });

  it('are answered by the next query after one that failed', async () => {
    const { state, feed, pull } = countedFeed();
    const { cursor } = await pull('');
    state.before = () => Promise.reject(new Error('the database went away'));
    feed.touch(orgId);
    const answers = await Promise.allSettled([pull(cursor), pull(cursor)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    state.before = async () => {};
    expect(await pull(cursor)).toEqual(await pullAnew(cursor));
  });
});

describe('a desk', () => {
  it('whose cursor is ahead of this server is not sent back, and is answered from the database', async () => {
    const { state, pull } = countedFeed();
    await pull('');
    await book();
    const ahead = (await pullAnew('')).cursor;
    state.queries = 0;
    expect(await pull(ahead)).toEqual({ cursor: ahead, reset: false, withheld: false, changes: [] });
    expect(state.queries).toBe(1);
  });

  it('whose cursor is older than the tail gets everything, in order, once', async () => {
    const { cursor } = await pullAnew('');
    const ids = await writeRows(2_700);
    const { pull } = countedFeed();
    const seen: string[] = [];
    for (let page = await pull(cursor); ; page = await pull(page.cursor)) {
      seen.push(...entities(page));
      expect(page.changes.length).toBeLessThanOrEqual(500);
      if (!page.withheld) break;
    }
    expect(seen).toEqual(ids);
  });

  it('gets the same answer from the tail as from the database, for any cursor', async () => {
    const { feed, pull } = countedFeed();
    const cursors = [(await pull('')).cursor];
    for (let n = 0; n < 12; n++) {
      const visit = await book();
      if (n % 3 === 0) requireDone(await send('cancel', aboutCommand(clinic, visit.appointmentId)));
      if (n === 6) await writeRows(1_990);
      feed.touch(orgId);
      cursors.push((await pull(cursors.at(-1) ?? '')).cursor);
    }
    for (const cursor of cursors) {
      const [fromTail, anew] = [await pull(cursor), await pullAnew(cursor)];
      expect(fromTail.cursor).toEqual(anew.cursor);
      expect(entities(fromTail)).toEqual(entities(anew));
    }
  });

  it('without the permission to see patients gets none, also when another desk pulled the same before', async () => {
    const { feed, pull } = countedFeed();
    const { cursor } = await pull('');
    const visit = await book();
    feed.touch(orgId);
    const patient = expect.objectContaining({ patientId: visit.patientId }) as unknown;
    expect((await pull(cursor)).changes).toEqual([expect.objectContaining({ patient })]);
    expect((await pull(cursor, false)).changes).toEqual([
      expect.objectContaining({ appointment: visit, patient: null }),
    ]);
    expect((await pull(cursor)).changes).toEqual([expect.objectContaining({ patient })]);
  });

  it('of another organization has a tail of its own', async () => {
    const other = await makeClinic(admin);
    const { feed, pull } = countedFeed();
    await book();
    const { cursor } = await pull('');
    const theirs = await feed.pull(other.orgId, '', true);
    expect((await feed.pull(other.orgId, theirs.cursor, true)).changes).toEqual([]);
    expect(await feed.pull(other.orgId, cursor, true)).toMatchObject({ reset: true, changes: [] });
  });

  it('begins anew when the feed has another epoch, though the tail is of the old one', async () => {
    const { state, pull } = countedFeed();
    const { cursor } = await pull('');
    await book();
    await admin`update organizations set feed_epoch = gen_random_uuid() where org_id = ${orgId}`;
    const anew = (await pullAnew('')).cursor;
    expect(await pull(anew)).toMatchObject({ reset: false, changes: [] });
    expect(await pull(cursor)).toMatchObject({ reset: true, changes: [] });
    state.clock = 2_000;
    expect(await pull(anew)).toMatchObject({ reset: false, changes: [] });
  });
});

describe('a cursor', () => {
  const lastRow = async () =>
    (
      await admin<{ xid: string; seq: string }[]>`
      select xid::text as xid, seq::text as seq from changes where org_id = ${orgId} order by changes.xid desc, changes.seq desc limit 1`
    )[0];
  const burnIds = () =>
    Promise.all(
      Array.from({ length: 20 }, () =>
        admin
          .begin(async (tx) => {
            await tx`select pg_current_xact_id()`;
            throw new Error('rolled back');
          })
          .catch(() => {}),
      ),
    );

  /** After a crash or a failover PostgreSQL gives the ids of rolled-back transactions again. */
  it('names the last row that was seen, never a transaction that left none', async () => {
    const { feed, pull } = countedFeed();
    await book();
    feed.touch(orgId);
    await burnIds();
    feed.touch(orgId);
    const { cursor } = await pull('');
    expect(readCursor(cursor)).toMatchObject((await lastRow()) ?? {});
    await burnIds();
    feed.touch(orgId);
    expect((await pull(cursor)).cursor).toBe(cursor);
  });

  it('stands before every row while nothing has changed yet', async () => {
    const quiet = await makeClinic(admin);
    const { feed } = countedFeed();
    expect(readCursor((await feed.pull(quiet.orgId, '', true)).cursor)).toMatchObject({ xid: '0', seq: '0' });
  });

  it('in the old form is still valid for later changes', async () => {
    const { cursor } = await pullAnew('');
    const [head] = await admin<{ xmin: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`;
    const visit = await book();
    const { feed, pull } = countedFeed();
    feed.touch(orgId);
    const [epoch] = cursor.split('.');
    expect(entities(await pull(`${epoch}.${head?.xmin}.0`))).toEqual([visit.appointmentId]);
  });
});
