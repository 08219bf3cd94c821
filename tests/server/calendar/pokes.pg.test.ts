import { describe, expect, it, vi } from 'vitest';

import type { Changes, Poke } from '../../../core/calendar/calendar.ts';
import { protocol } from '../../../core/primitives/protocol.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { bringNews } from '../../../server/calendar/bring-news.ts';
import { openFeed } from '../../../server/calendar/feed.ts';
import { openPokes } from '../../../server/calendar/pokes.ts';
import { createLog } from '../../../server/observe/log.ts';
import { createMetrics } from '../../../server/observe/metrics.ts';
import { hashPassword } from '../../../server/sessions/passwords.ts';
import type { RunningServer } from '../../../server/start-server.ts';
import { makeClinic } from '../../builders/clinic.ts';
import { bookCommand } from '../../builders/commands.ts';
import { requireProblem, password, request, withServers } from '../../builders/server.ts';

const { admin, superuser, database, clinic, start, signIn } = await withServers();

/** The text of an event stream so far. */
async function follow(server: RunningServer, token: string, query = '') {
  const response = await fetch(`${server.url}/api/pokes${query}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let heard = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard += decoder.decode(chunk, { stream: true });
  })();
  const count = () => heard.match(/^event: message$/gm)?.length ?? 0;
  const pokes = () => [...heard.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Poke);
  return {
    count,
    pokes,
    ended,
    reaches: (n: number) => vi.waitFor(() => expect(count()).toBeGreaterThanOrEqual(n), 10_000),
  };
}

let booked = 0;
async function book(server: RunningServer, token: string, of = clinic): Promise<void> {
  const answer = await request(server, 'POST', '/api/commands/book', { token, body: bookCommand(of, 2 * booked++) });
  expect(answer.status).toBe(200);
}

it('reaches a desk on another server, and only desks of that organization', async () => {
  const [here, there] = [await start(), await start()];
  const other = await makeClinic(admin, { passwordHash: await hashPassword(password) });
  const [mine, theirs] = [await signIn(here, clinic.username), await signIn(there, other.signInName)];
  const [near, far, foreign] = [await follow(here, mine), await follow(there, mine), await follow(there, theirs)];
  await book(here, mine);
  await near.reaches(1);
  await far.reaches(1);
  await there.close();
  await Promise.all([far.ended, foreign.ended]);
  expect(foreign.count()).toBe(0);
});

it('comes for a command that is done, and never for a refused one', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const stream = await follow(server, token);
  const refused = bookCommand(clinic, 0, { scheduledStart: '2031-02-01T08:00:00Z' });
  requireProblem(await request(server, 'POST', '/api/commands/book', { token, body: refused }), 'conflict');
  await server.close();
  await stream.ended;
  expect(stream.count()).toBe(0);
});

it('ends with the session, and the server knows that nobody listens any more', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const stream = await follow(server, token);
  await request(server, 'DELETE', '/api/sessions/current', { token });
  await stream.ended;
  const metrics = (await request(server, 'GET', '/metrics')).body as string;
  expect(metrics).toMatch(/^holdfast_poke_streams 0$/m);
});

it('a desk that goes away is forgotten', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const leaving = new AbortController();
  await fetch(`${server.url}/api/pokes`, { headers: { authorization: `Bearer ${token}` }, signal: leaving.signal });
  const streams = async () =>
    /^holdfast_poke_streams (\d+)$/m.exec((await request(server, 'GET', '/metrics')).body as string)?.[1];
  expect(await streams()).toBe('1');
  leaving.abort();
  await expect.poll(streams).toBe('0');
});

it('listens again after its connection was killed, and pokes everyone, because what was said meanwhile is lost', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const stream = await follow(server, token);
  const killed = await superuser`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'holdfast listener'`;
  expect(killed.length).toBeGreaterThan(0);
  await stream.reaches(1);
  await book(server, token);
  await stream.reaches(2);
});

it('sends one more NOTIFY for everything that happens while one is under way', async () => {
  const metrics = createMetrics();
  const { databaseUrl } = database;
  const pokes = await openPokes({ databaseUrl, metrics, log: createLog({ level: 'silent' }) });
  const stream = pokes.subscribe(clinic.orgId, new AbortController().signal);
  for (let n = 0; n < 100; n++) pokes.poke(clinic.orgId);
  const sent = async () => /way="sent"\} (\d+)/.exec(await metrics.registry.metrics())?.[1];
  await expect.poll(sent).toBe('2');
  expect(await stream.next()).toEqual({ done: false, value: {} });
  await pokes.close();
  expect(await sent()).toBe('2');
  await vi.waitFor(async () => expect((await stream.next()).done).toBe(true));
});

it('costs about as many queries of the feed with forty desks that pull when they hear of it as with one', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const queries = async () =>
    Number(/^holdfast_feed_queries_total (\d+)$/m.exec((await request(server, 'GET', '/metrics')).body as string)?.[1]);
  const pull = async (cursor: string) =>
    (await request(server, 'GET', `/api/changes?cursor=${cursor}`, { token })).body as Changes;
  for (const desks of [1, 40]) {
    const streams = await Promise.all(Array.from({ length: desks }, () => follow(server, token)));
    const { cursor } = await pull('');
    const before = await queries();
    await book(server, token);
    const pulled = await Promise.all(
      streams.map(async (stream) => {
        await stream.reaches(1);
        return pull(cursor);
      }),
    );
    for (const { changes } of pulled) expect(changes).toHaveLength(1);
    // One query, and one more for each second that a slow machine takes.
    expect((await queries()) - before).toBeLessThan(6);
  }
});

describe('a poke to a desk that names the protocol', () => {
  const asOurs = `?protocol=${protocol}`;
  const pull = async (server: RunningServer, token: string, cursor: string) =>
    (await request(server, 'GET', `/api/changes?cursor=${cursor}`, { token })).body as Changes;

  it('brings the answer that a pull would get, from the end of the poke before', async () => {
    const server = await start();
    const token = await signIn(server, clinic.username);
    const stream = await follow(server, token, asOurs);
    const { cursor } = await pull(server, token, '');
    await book(server, token);
    await stream.reaches(1);
    const first = await pull(server, token, cursor);
    expect(first.changes).toMatchObject([{ entity: 'appointment', patient: { displayName: expect.any(String) } }]);
    await book(server, token);
    await stream.reaches(2);
    const second = await pull(server, token, first.cursor);
    expect(stream.pokes()).toEqual([
      { news: { from: cursor, changes: first } },
      { news: { from: first.cursor, changes: second } },
    ]);
  });

  it('names no patient to a desk that may not see patients', async () => {
    const server = await start();
    const pool = openPool(database.databaseUrl, { max: 2 });
    const feed = openFeed({ pool, metrics: createMetrics() });
    const token = await signIn(server, clinic.username);
    /** A poke for each booking. */
    async function* pokes() {
      for (let n = 0; n < 2; n++) {
        await book(server, token);
        feed.touch(clinic.orgId);
        yield {};
      }
    }
    const stranger = { orgId: clinic.orgId, find: async () => ({ permissions: ['read-calendar'] as const }) };
    const heard: Poke[] = [];
    for await (const poke of bringNews(feed, pokes(), stranger)) heard.push(poke);
    expect(heard.at(-1)?.news?.changes.changes).toMatchObject([{ entity: 'appointment', patient: null }]);
    await pool.end();
  });

  it('brings nothing when much is new, and goes on from there', async () => {
    const server = await start();
    const token = await signIn(server, clinic.username);
    const stream = await follow(server, token, asOurs);
    await pull(server, token, '');
    await admin`insert into changes (org_id, site_id, entity, entity_id, touches_from, touches_until)
      select ${clinic.orgId}, ${clinic.siteId}, 'slots', gen_random_uuid(), now(), now() from generate_series(1, 51)`;
    await book(server, token);
    await stream.reaches(1);
    const { cursor } = await pull(server, token, '');
    await book(server, token);
    await stream.reaches(2);
    expect(stream.pokes()).toMatchObject([{}, { news: { from: cursor, changes: { changes: [{}] } } }]);
    expect(stream.pokes()[0]).toEqual({});
  });

  it('is the last one of a session that was ended elsewhere, and does not come to it', async () => {
    const [here, there] = [await start(), await start()];
    const token = await signIn(here, clinic.username);
    const stream = await follow(here, token, asOurs);
    await request(there, 'DELETE', '/api/sessions/current', { token });
    const other = await signIn(there, clinic.username);
    await vi.waitFor(async () => {
      requireProblem(await request(here, 'GET', '/api/changes?cursor=', { token }), 'unauthenticated');
    }, 10_000);
    await book(there, other);
    await stream.ended;
    expect(stream.count()).toBe(0);
  });

  it('does not come to a desk of another protocol', async () => {
    const server = await start();
    const token = await signIn(server, clinic.username);
    const address = `/api/pokes?protocol=${protocol + 1}`;
    requireProblem(await request(server, 'GET', address, { token }), 'protocol-mismatch');
  });
});
