import { connect } from 'node:net';

import postgres from 'postgres';
import { expect, it } from 'vitest';

import { openPool } from '../../../db/pg/pool.ts';
import type { SerializableHooks } from '../../../db/pg/with-serializable.ts';
import { startServer } from '../../../server/start-server.ts';
import { bookCommand } from '../../builders/commands.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { clinic, logged, start, signIn, database, superuser } = await withServers();

/** What the server writes to a socket that gets these bytes, until it closes it. */
async function speak(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  let heard = '';
  for await (const chunk of socket.setEncoding('utf8')) heard += String(chunk);
  return heard;
}

it('an unknown address is a 404 that says where to look', async () => {
  const server = await start();
  for (const path of ['/nothing', '/api/nothing', '/api/sites', '/api/../etc/passwd']) {
    expect(requireProblem(await request(server, 'GET', path), 'not-found').detail).toContain('/api/openapi.json');
  }
  requireProblem(await request(server, 'PUT', '/api/sessions'), 'not-found');
});

it('an address that cannot be decoded, and bytes that are no HTTP, are problem documents too', async () => {
  const server = await start();
  requireProblem(await request(server, 'GET', '/api/sites/%zz'), 'invalid-input');
  for (const [bytes, code] of [
    ['GARBAGE\r\n\r\n', 'invalid-input'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 'too-large'],
  ] as const) {
    const heard = await speak(server.url, bytes);
    expect(heard).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(heard.slice(heard.indexOf('\r\n\r\n')))).toMatchObject({ code });
  }
});

it('a command that takes too long is a 408 that says to send it again, and the commit is not cancelled', async () => {
  const held = Promise.withResolvers<void>();
  const hooks: SerializableHooks = { at: (step) => (step === 'before-commit' ? held.promise : undefined) };
  const server = await start({ hooks, limits: { requestSeconds: 1 } });
  const token = await signIn(server, clinic.username);
  const body = bookCommand(clinic, 4);
  expect(
    requireProblem(await request(server, 'POST', '/api/commands/book', { token, body }), 'timeout').detail,
  ).toContain('same id');
  held.resolve();
  const again = await request(server, 'POST', '/api/commands/book', { token, body });
  expect(again.status).toBe(200);
  expect(again.body).toMatchObject({ commandId: body.commandId, appointment: { version: 1 } });
});

it('too many requests of one session are a 429 with Retry-After, and other sessions go on', async () => {
  const server = await start({ limits: { requestsPerTenSeconds: 3 } });
  const token = await signIn(server, clinic.username);
  const ask = (as: string) => request(server, 'GET', '/api/sessions/current', { token: as });
  for (let n = 0; n < 3; n++) expect((await ask(token)).status).toBe(200);
  const answer = await ask(token);
  requireProblem(answer, 'too-many-requests');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(await signIn(server, clinic.username))).status).toBe(200);
});

it('an event stream too many of one session is a 429, and a closed stream makes room for the next', async () => {
  const server = await start({ limits: { streamsPerSession: 2 } });
  const token = await signIn(server, clinic.username);
  const open = async (as = token) => {
    const leaving = new AbortController();
    const headers = { authorization: `Bearer ${as}` };
    const { status } = await fetch(`${server.url}/api/pokes`, { headers, signal: leaving.signal });
    return { status, leave: () => leaving.abort() };
  };
  const streams = [await open(), await open()];
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  requireProblem(await request(server, 'GET', '/api/pokes', { token }), 'too-many-requests');
  const other = await open(await signIn(server, clinic.username));
  expect(other.status).toBe(200);
  streams[0]?.leave();
  await expect
    .poll(async () => {
      const again = await open();
      again.leave();
      return again.status;
    })
    .toBe(200);
  for (const { leave } of [...streams, other]) leave();
});

// The limit of this test lies between our interval of one second and Node's own of 30 s.
it('headers that do not arrive in time are a 408, and their connection ends', async () => {
  const server = await start({ limits: { requestSeconds: 1 } });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n');
  let heard = '';
  for await (const chunk of socket.setEncoding('utf8')) heard += String(chunk);
  expect(heard).toContain('HTTP/1.1 408');
}, 20_000);

it('the connections of the app end a statement and a wait for a lock that hang', async () => {
  const pool = openPool(database.databaseUrl, { max: 1 });
  const [row] = await pool<{ statement: string; lock: string }[]>`
    select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
  await pool.end();
  expect(row).toEqual({ statement: '25s', lock: '10s' });
});

it('requests without a session are counted by address, before a query to the database', async () => {
  const server = await start({ limits: { strangerRequestsPerTenSeconds: 2 } });
  const ask = (n: number) => request(server, 'GET', '/api/sessions/current', { token: String(n).repeat(43) });
  requireProblem(await ask(1), 'unauthenticated');
  requireProblem(await ask(2), 'unauthenticated');
  requireProblem(await ask(3), 'too-many-requests');
});

it('an unexpected error is a 500 with an id that the log has too, and with nothing else', async () => {
  const secret = 'Jane Roe, born 1980';
  const hooks: SerializableHooks = {
    at: () => {
      throw Object.assign(new Error(secret), { code: '42P01', detail: secret, parameters: [secret] });
    },
  };
  const server = await start({ hooks });
  const token = await signIn(server, clinic.username);
  const answer = await request(server, 'POST', '/api/commands/book', { token, body: bookCommand(clinic, 8) });
  const { detail } = requireProblem(answer, 'internal');
  const errorId = /error id (\S+)\./.exec(detail)?.[1] ?? 'none';
  const lines = logged.filter((line) => line.includes(errorId) && line.includes('"level":50'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ errorId, err: { name: 'Error', code: '42P01' } });
  expect(JSON.stringify(answer.body) + logged.join('')).not.toContain('Jane');
});

it.each(['57014', '25006', '25P03', '40003', '53100', '55P03', '58030', 'ECONNRESET'])(
  'a passing state of the database, %s, is a 503 with Retry-After',
  async (code) => {
    let times = 0;
    const hooks: SerializableHooks = {
      at: () => {
        if (times++ < 10) throw Object.assign(new Error('as the database says'), { code });
      },
      pause: async () => {},
    };
    const server = await start({ hooks });
    const token = await signIn(server, clinic.username);
    const body = bookCommand(clinic, 12);
    const answer = await request(server, 'POST', '/api/commands/book', { token, body });
    requireProblem(answer, 'busy');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  },
);

it('a value that no schema refused and PostgreSQL does is the fault of the request', async () => {
  const hooks: SerializableHooks = {
    at: () => {
      throw Object.assign(new Error('Jane Roe'), { code: '22021' });
    },
  };
  const server = await start({ hooks });
  const token = await signIn(server, clinic.username);
  const answer = await request(server, 'POST', '/api/commands/book', { token, body: bookCommand(clinic, 16) });
  expect(JSON.stringify(requireProblem(answer, 'invalid-input'))).not.toContain('Jane');
});

it('a spell in which the database is read-only ends with the spell, and ready says so meanwhile', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const name = new URL(database.databaseUrl).pathname.slice(1);
  const book = (n: number) => request(server, 'POST', '/api/commands/book', { token, body: bookCommand(clinic, n) });
  const ready = async () => (await request(server, 'GET', '/health/ready')).status;
  expect((await book(20)).status).toBe(200);
  // A setting of the database counts for new connections: those that are made in the spell keep it after its end.
  await superuser.unsafe(`alter database ${name} set default_transaction_read_only = on`);
  const endAll = () => superuser`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${name} and usename = 'holdfast_app'`;
  await endAll();
  requireProblem(await book(24), 'busy');
  await expect.poll(ready, { timeout: 10_000 }).toBe(503);
  for (let n = 0; n < 8; n++) requireProblem(await book(24 + n), 'busy');
  await superuser.unsafe(`alter database ${name} reset default_transaction_read_only`);
  await expect.poll(async () => (await book(28)).status, { timeout: 10_000 }).toBe(200);
  await expect.poll(ready, { timeout: 10_000 }).toBe(200);
});

it('a database that refuses connections is a 503 with Retry-After, and answers come again when it accepts them', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const path = `/api/sites/${clinic.siteId}/days/2031-03-03`;
  const name = new URL(database.databaseUrl).pathname.slice(1);
  const elsewhere = new URL(database.superuserUrl);
  elsewhere.pathname = '/postgres';
  const other = postgres(elsewhere.href, { max: 1, onnotice: () => {} });
  await other.unsafe(`alter database ${name} connection limit 0`);
  await other`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()
    and usename = 'holdfast_app'`;
  try {
    await expect
      .poll(async () => (await request(server, 'GET', path, { token })).status, { timeout: 10_000 })
      .toBe(503);
    const answer = await request(server, 'GET', path, { token });
    requireProblem(answer, 'busy');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await request(server, 'GET', '/health/ready')).status).toBe(503);
    expect((await request(server, 'GET', '/health/live')).status).toBe(200);
    await expect(startServer({ databaseUrl: database.databaseUrl })).rejects.toThrow('too many connections');
  } finally {
    await other.unsafe(`alter database ${name} connection limit -1`);
    await other.end();
  }
  expect((await request(server, 'GET', path, { token })).status).toBe(200);
  await expect.poll(async () => (await request(server, 'GET', '/health/ready')).status, { timeout: 5_000 }).toBe(200);
});
