import { once } from 'node:events';
import { connect } from 'node:net';

import { expect, it, vi } from 'vitest';

import { bookCommand } from '../../builders/commands.ts';
import { makeGate } from '../../builders/gate.ts';
import { requireProblem, password, request, withServers } from '../../builders/server.ts';

const { admin, clinic, users, logged, start, signIn } = await withServers();
const lines = () => logged.map((line) => JSON.parse(line) as Record<string, unknown>);

it('ready says what is wrong with the schema, and live ignores the schema', async () => {
  const server = await start();
  const ready = async () => {
    const { status, headers, body } = await request(server, 'GET', '/health/ready');
    expect(headers.get('content-type')).toMatch(/^application\/health\+json/);
    return [status, (body as { output?: string }).output ?? 'pass'];
  };
  expect(await ready()).toEqual([200, 'pass']);
  // An answer stands for a second.
  const becomes = (...answer: unknown[]) => expect.poll(ready, { timeout: 5_000 }).toEqual(answer);
  await admin`insert into schema_files (name, checksum) values ('migrations/9999-from-the-future.sql', '')`;
  await becomes(503, expect.stringContaining('newer version'));
  await admin`update schema_files set name = 'migrations/9999-' || name where name like 'baseline/10-%'`;
  await becomes(503, expect.stringContaining('baseline/10-'));
  expect((await request(server, 'GET', '/health/live')).body).toEqual({ status: 'pass' });
  await admin`update schema_files set name = replace(name, 'migrations/9999-baseline', 'baseline')`;
  await admin`delete from schema_files where name like 'migrations/9999%'`;
  await becomes(200, 'pass');
});

it('metrics count bookings, conflicts by kind, and requests by route pattern', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const send = (body: unknown) => request(server, 'POST', '/api/commands/book', { token, body });
  expect((await send(bookCommand(clinic, 0))).status).toBe(200);
  requireProblem(await send(bookCommand(clinic, 0)), 'conflict');
  const { body, headers } = await request(server, 'GET', '/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  for (const line of [
    'holdfast_bookings_total 1',
    'holdfast_conflicts_total{kind="conflict"} 1',
    'holdfast_commands_total{type="book",result="done"} 1',
    'holdfast_command_duration_seconds_count{type="book"} 2',
    'holdfast_request_duration_seconds_count{method="POST",route="/api/commands/book",status="409"} 1',
    'holdfast_busy_total 0',
  ]) {
    expect(`${String(body)}\n`).toContain(`${line}\n`);
  }
});

it('a line for each request says method, route, status, time, request and organization', async () => {
  const server = await start();
  const token = await signIn(server, clinic.username);
  const answer = await request(server, 'GET', `/api/sites/${clinic.siteId}/days/2031-03-03`, { token });
  const reqId = answer.headers.get('x-request-id');
  await vi.waitFor(() =>
    expect(lines()).toContainEqual(
      expect.objectContaining({
        level: 30,
        reqId,
        method: 'GET',
        route: '/api/sites/:siteId/days/:date',
        status: 200,
        ms: expect.any(Number),
        orgId: clinic.orgId,
      }),
    ),
  );
});

it('the log at its finest level contains nothing of a patient, a password or a token', async () => {
  const server = await start();
  const [patientId = ''] = clinic.patients;
  await admin`update patients set display_name = 'Žofia Quellmann', phone = '+49 30 5550199', alert = 'Latex' where patient_id = ${patientId}`;
  const token = await signIn(server, clinic.username);
  await request(server, 'POST', '/api/sessions', { body: { username: 'zofia.quellmann', password: 'hunter2hunter2' } });
  const found = await request(server, 'GET', '/api/patients?query=quellmann', { token });
  expect(JSON.stringify(found.body)).toContain('Žofia Quellmann');
  const send = (body: unknown) => request(server, 'POST', '/api/commands/book', { token, body });
  await send(bookCommand(clinic, 8));
  // The conflict names the patient in the way. A log of answers would contain that name.
  expect(JSON.stringify((await send(bookCommand(clinic, 8))).body)).toContain('Žofia');
  await send({ ...bookCommand(clinic, 8), patientName: 'Žofia Quellmann' });
  await request(server, 'GET', '/api/nothing/quellmann?name=Žofia', { token });
  await request(server, 'POST', '/api/commands/book', { token, raw: '{"name":"Žofia Quellmann' });
  // A failure of the database that quotes what was asked.
  await admin`create or replace function holdfast_api.search_patients(p_org_id uuid, p_name text, p_numbers text[], p_limit integer)
    returns table (patient_id uuid, display_name text, birth_date date, phone text, alert text)
    language plpgsql stable security definer as
    $$ begin raise exception 'cannot search for %', p_name using detail = 'Žofia Quellmann'; end $$`;
  requireProblem(await request(server, 'GET', '/api/patients?query=quellmann', { token }), 'internal');
  await server.close();
  const text = logged.join('');
  expect(text).toContain('"route":"/api/patients"');
  expect(text).toContain('"code":"P0001"');
  for (const secret of [
    'ofia',
    'uellmann',
    '5550199',
    'Latex',
    'hunter2',
    password,
    token,
    patientId,
    'query=',
    '1980-01-01',
  ]) {
    expect(text).not.toContain(secret);
  }
});

it('a client that disconnects before the answer is no error', async () => {
  const gate = makeGate();
  const server = await start({ hooks: gate.hooks });
  const token = await signIn(server, 'manager');
  const leaving = new AbortController();
  const body = { ...bookCommand(clinic, 12), actorId: users.manager };
  const held = await gate.hold(() =>
    fetch(`${server.url}/api/commands/book`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: leaving.signal,
    }).catch((error: unknown) => error),
  );
  const before = logged.length;
  leaving.abort();
  const since = () => lines().slice(before);
  await vi.waitFor(() =>
    expect(since()).toContainEqual(expect.objectContaining({ route: '/api/commands/book', left: true })),
  );
  await held.release();
  expect(since().filter((line) => Number(line['level']) >= 40)).toEqual([]);
  // The command was done all the same: sent again, it has its first result.
  const again = await request(server, 'POST', '/api/commands/book', { token, body });
  expect(again.body).toMatchObject({ commandId: body.commandId });
});

it('closing lets requests under way finish, and ends at once with streams open', async () => {
  const gate = makeGate();
  const server = await start({ hooks: gate.hooks });
  const token = await signIn(server, clinic.username);
  const stream = await fetch(`${server.url}/api/pokes`, { headers: { authorization: `Bearer ${token}` } });
  const held = await gate.hold(() =>
    request(server, 'POST', '/api/commands/book', { token, body: bookCommand(clinic, 16) }),
  );
  // A connection that is opened ahead of a request that never comes, as browsers open them.
  const { hostname, port } = new URL(server.url);
  const idle = connect(Number(port), hostname)
    .on('error', () => {})
    .resume();
  await once(idle, 'connect');
  const idleEnds = new Promise((resolve) => idle.once('close', resolve));
  const closed = server.close();
  await idleEnds;
  await stream.text();
  expect((await held.release()).status).toBe(200);
  await closed;
  await expect(fetch(`${server.url}/health/live`)).rejects.toThrow('fetch failed');
});
