import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, expect } from 'vitest';

import { problems, type Problem } from '../../core/contract/problem.ts';
import type { Session } from '../../core/contract/session.ts';
import { roles, type Role } from '../../core/domain/people/permissions.ts';
import { completeSignInName } from '../../core/domain/people/sign-in.ts';
import type { ProblemCode } from '../../core/primitives/problem-codes.ts';
import { createLog } from '../../server/observe/log.ts';
import { hashPassword } from '../../server/sessions/passwords.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../server/start-server.ts';
import { withDatabase } from '../harness/postgres.ts';
import { makeClinic } from './clinic.ts';

export const password = 'correct horse battery staple';

export interface RequestOptions {
  readonly token?: string;
  /** Sent as JSON. `raw` is sent unchanged. */
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A database with one clinic that has a user of every role, and servers on it. The servers stop after the file's tests. */
export async function withServers(options: Parameters<typeof makeClinic>[1] = {}) {
  const database = await withDatabase();
  const admin = postgres(database.adminDatabaseUrl, { max: 2, onnotice: () => {} });
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const passwordHash = await hashPassword(password);
  const clinic = await makeClinic(admin, { ...options, passwordHash });
  const users = Object.fromEntries(roles.map((role) => [role, uuidv7()])) as Record<Role, string>;
  for (const role of roles) {
    await admin`insert into users (org_id, user_id, username, display_name, role, password_hash, home_site_id)
      values (${clinic.orgId}, ${users[role]}, ${role}, ${`The ${role}`}, ${role}, ${passwordHash}, ${clinic.siteId})`;
  }
  const servers: RunningServer[] = [];
  const logged: string[] = [];
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await admin.end();
    await superuser.end();
  });

  const start = async (overrides: Partial<ServerOptions> = {}) => {
    const log = createLog({ level: 'trace', destination: { write: (line) => void logged.push(line) } });
    // Jobs run only where they are what is tested: elsewhere their short transactions would withhold the feed by chance.
    const server = await startServer({ databaseUrl: database.databaseUrl, log, jobs: [], ...overrides });
    servers.push(server);
    return server;
  };
  /** Signs in by `name@handle`, or by the name of a user of the clinic. */
  const signIn = async (server: RunningServer, name: string): Promise<string> => {
    const username = completeSignInName(name, clinic.handle);
    const answer = await request(server, 'POST', '/api/sessions', { body: { username, password } });
    expect(answer.status).toBe(200);
    return (answer.body as Session).token;
  };
  return { database, admin, superuser, clinic, users, logged, start, signIn };
}

/** Sends one request, and returns its answer. The body is parsed when it is JSON of any kind. */
export async function request(server: RunningServer, method: string, path: string, options: RequestOptions = {}) {
  const { token, body, raw, headers } = options;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as unknown };
}
export type Answer = Awaited<ReturnType<typeof request>>;

/** Returns the RFC 9457 problem of this code. Fails the test when the answer differs from the contract in any part. */
export function requireProblem<C extends ProblemCode>(answer: Answer, code: C): Extract<Problem, { code: C }> {
  const { status, title, data } = problems[code];
  expect(answer.body).toMatchObject({ code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = answer.body as Extract<Problem, { code: C }>;
  expect(Object.keys(body).toSorted()).toEqual(['code', 'data', 'detail', 'status', 'title', 'type']);
  expect(body).toMatchObject({ type: `https://holdfast.example/problems/${code}`, status, title });
  expect(body.detail).toMatch(/\S/);
  expect(data.safeParse(body.data).error).toBeUndefined();
  return body;
}
