import { setTimeout as delay } from 'node:timers/promises';

import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import { openPool, type Query } from '../../../db/pg/pool.ts';
import { openFeed } from '../../../server/calendar/feed.ts';
import type { JobTurn } from '../../../server/jobs/job.ts';
import { trimChanges, trimCommands, trimSessions } from '../../../server/jobs/trims.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { withServers } from '../../builders/server.ts';

const { admin, database, clinic, users } = await withServers();
const pool = openPool(database.databaseUrl, { max: 6 });
afterAll(() => pool.end());

const turn: JobTurn = {
  pool,
  now: () => new Date().toISOString(),
  goOn: async () => {},
  issue: () => Promise.reject(new Error('a trim issues no command')),
};

/** Writes so many changes of an organization, and gives their entity ids in the order of the feed. */
async function writeChanges(orgId: string, count: number): Promise<string[]> {
  const rows = await admin<{ entity_id: string }[]>`
    insert into changes (org_id, entity, entity_id)
      select ${orgId}, 'waitlist', gen_random_uuid() from generate_series(1, ${count}) returning entity_id`;
  return rows.map((row) => row.entity_id);
}

/** As if all changes until now had been written 31 days ago. */
const age = () => admin`insert into feed_marks (marked_at, xid)
  values (clock_timestamp() - interval '31 days', pg_snapshot_xmin(pg_current_snapshot()))`;

const cursorOf = async (feed: ReturnType<typeof openFeed>, orgId: string) => (await feed.pull(orgId, '', true)).cursor;

describe('trimming the feed', () => {
  it('leaves what is younger than 30 days, and a desk that has all that went is not told to begin anew', async () => {
    const { orgId } = await makeClinic(admin);
    await writeChanges(orgId, 3);
    const cursor = await cursorOf(openFeed({ pool }), orgId);
    await trimChanges.run(turn);
    expect(await admin`select from changes where org_id = ${orgId}`).toHaveLength(3);

    await age();
    await trimChanges.run(turn);
    expect(await admin`select from changes where org_id = ${orgId}`).toHaveLength(0);
    // Everything is gone, and the end of the feed is where it was.
    expect(await openFeed({ pool }).pull(orgId, cursor, true)).toMatchObject({ cursor, reset: false, changes: [] });
    const [entityId] = await writeChanges(orgId, 1);
    expect(await openFeed({ pool }).pull(orgId, cursor, true)).toMatchObject({ reset: false, changes: [{ entityId }] });
  });

  it('tells a desk that was away for longer to read everything anew, also one that began with an empty feed', async () => {
    const { orgId } = await makeClinic(admin);
    const beginning = await cursorOf(openFeed({ pool }), orgId);
    await writeChanges(orgId, 2);
    const away = await cursorOf(openFeed({ pool }), orgId);
    await writeChanges(orgId, 1);
    await age();
    await trimChanges.run(turn);
    const feed = openFeed({ pool });
    for (const cursor of [beginning, away]) {
      const answer = await feed.pull(orgId, cursor, true);
      expect(answer).toMatchObject({ reset: true, changes: [] });
      expect(await feed.pull(orgId, answer.cursor, true)).toMatchObject({ reset: false, changes: [] });
    }
  });

  it('between the look at the newest rows and the page of the older ones is noticed', async () => {
    const { orgId } = await makeClinic(admin);
    const cursor = await cursorOf(openFeed({ pool }), orgId);
    await writeChanges(orgId, 2_500);
    await age();
    let asked = 0;
    const overtaken: Query = async (text, ...values) => {
      const rows = await pool(text, ...values);
      if (++asked === 1) await trimChanges.run(turn);
      return rows as never;
    };
    expect(await openFeed({ pool: overtaken }).pull(orgId, cursor, true)).toMatchObject({ reset: true, changes: [] });
    expect(asked).toBe(2);
  });

  it('while many desks pull: each has every change once and in order, or is told to begin anew', async () => {
    const { orgId } = await makeClinic(admin);
    const begin = await cursorOf(openFeed({ pool }), orgId);
    const written = await writeChanges(orgId, 6_000);
    await age();
    // Some of the six thousand are held in memory by each server, and most are not.
    const feeds = Array.from({ length: 3 }, () => openFeed({ pool }));
    const read = async (feed: ReturnType<typeof openFeed>, waitMs: number) => {
      let cursor = begin;
      const seen: string[] = [];
      for (;;) {
        const answer = await feed.pull(orgId, cursor, true);
        if (answer.reset) return 'reset';
        seen.push(...answer.changes.map(({ entityId }) => entityId));
        if (!answer.withheld) return seen;
        ({ cursor } = answer);
        // Readers of different pace; the result does not depend on it.
        await delay(waitMs);
      }
    };
    const desks = feeds.flatMap((feed) => [read(feed, 0), read(feed, 1), read(feed, 5)]);
    const [ends] = await Promise.all([Promise.all(desks), trimChanges.run(turn)]);
    expect(ends.filter((end) => end !== 'reset')).toEqual(ends.flatMap((end) => (end === 'reset' ? [] : [written])));
    // Everything is trimmed, so a reader at the beginning has to begin anew.
    expect(await read(openFeed({ pool }), 0)).toBe('reset');
  });

  it('of rows that a server has not read into its memory yet is noticed there too', async () => {
    const { orgId } = await makeClinic(admin);
    const feed = openFeed({ pool });
    await writeChanges(orgId, 2);
    const cursor = await cursorOf(feed, orgId);
    await writeChanges(orgId, 2);
    await age();
    await trimChanges.run(turn);
    feed.touch(orgId);
    expect(await feed.pull(orgId, cursor, true)).toMatchObject({ reset: true, changes: [] });
    expect((await feed.news(orgId, cursor, true)).changes).toBeNull();
  });

  it('never takes a row that waits behind an open transaction', async () => {
    const { orgId } = await makeClinic(admin);
    const holder = await admin.reserve();
    try {
      await holder`begin`;
      await holder`insert into changes (org_id, entity, entity_id) values (${orgId}, 'waitlist', gen_random_uuid())`;
      await writeChanges(orgId, 1);
      await admin`insert into feed_marks (marked_at, xid)
        values (clock_timestamp() - interval '31 days', pg_snapshot_xmax(pg_current_snapshot()))`;
      await trimChanges.run(turn);
      expect(await admin`select from changes where org_id = ${orgId}`).toHaveLength(1);
    } finally {
      await holder`rollback`;
      holder.release();
    }
  });
});

it('sessions go 30 days after they ended or expired, and pairing codes 30 days after they expired', async () => {
  const session = (days: number, ended: boolean) => admin`
    insert into sessions (org_id, token_hash, user_id, created_at, expires_at, ended_at)
    values (${clinic.orgId}, ${Buffer.from(uuidv7().replaceAll('-', ''))}, ${users.manager},
      now() - ${ended ? 5 : days + 10} * interval '1 day', now() - ${ended ? -5 : days} * interval '1 day',
      ${ended ? admin`now() - ${days} * interval '1 day'` : null})`;
  for (const ended of [true, false]) for (const days of [29, 31]) await session(days, ended);
  for (const days of [29, 31]) {
    await admin`insert into desk_pairings (org_id, code_hash, expires_at, used_at)
      values (${clinic.orgId}, ${Buffer.from(uuidv7().replaceAll('-', ''))}, now() - ${days} * interval '1 day', now())`;
  }
  await trimSessions.run(turn);
  expect(await admin`select from sessions`).toHaveLength(2);
  expect(await admin`select from desk_pairings`).toHaveLength(1);
});

it('commands go 200 days after they were decided, whenever they were made', async () => {
  const command = async (mintedDaysAgo: number, decidedDaysAgo: number) => {
    const commandId = uuidv7({ msecs: Date.now() - mintedDaysAgo * 86_400_000 });
    await admin`insert into commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict, decided_at)
      values (${clinic.orgId}, ${commandId}, '', 'book', 'person', ${clinic.userId}, 'd', now(), '{"kind": "done"}',
        now() - ${decidedDaysAgo} * interval '1 day')`;
    return commandId;
  };
  const stay = [await command(199, 199), await command(370, 199), await command(0, 0)];
  await command(201, 201);
  await command(192, 201);
  await command(380, 201);
  await trimCommands.run(turn);
  const left = await admin<{ command_id: string }[]>`select command_id from commands`;
  expect(left.map((row) => row.command_id).toSorted()).toEqual(stay.toSorted());
});
