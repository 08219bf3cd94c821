import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';

import type { PairedDesk } from '../../../core/contract/pairing.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { makePairingCode } from '../../../server/desks/invite-desk.ts';
import { bookCommand } from '../../builders/commands.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const hour = 3_600_000;
const day = 24 * hour;
const daysBefore = 4;
const now = Date.now();
const instantAfter = (milliseconds: number) => new Date(now + milliseconds).toISOString();

const { clinic, users, signIn, database } = await withServers({
  opensAt: quarterDuring(instantAfter(-daysBefore * day)),
  days: 2 * daysBefore,
});

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const stops: (() => Promise<unknown>)[] = [];
// Stops before the database goes: the hook that was added last runs first.
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** Starts a server in a process of its own, whose host's clock is off by so much. */
async function startOnHost(offBy: number) {
  const server = spawn(
    process.execPath,
    ['--import', fileOf('shifted-host-in-child.ts'), fileOf('../../../server/start-server.ts')],
    {
      env: { ...process.env, DATABASE_URL: database.databaseUrl, PORT: '0', HOST_CLOCK_OFF_BY: String(offBy) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(server, 'exit');
  stops.push(() => {
    server.kill('SIGTERM');
    return exited;
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const { msg, url, time } = JSON.parse(line) as { msg: string; url: string; time: string | number };
    if (msg !== 'listening') continue;
    server.stdout.resume();
    // The log goes by the host's clock, so it shows that this one is off.
    const hostIsOffBy = new Date(time).getTime() - Date.now();
    expect(Math.abs(hostIsOffBy - offBy)).toBeLessThan(hour);
    return { url, close: async () => {} };
  }
  throw new Error('the server ended before it listened');
}

const servers = {
  'two days ahead': await startOnHost(2 * day),
  right: await startOnHost(0),
  'two days behind': await startOnHost(-2 * day),
};
type Server = (typeof servers)['right'];
const names = Object.keys(servers) as (keyof typeof servers)[];

const desk = await (async () => {
  const { code } = await makePairingCode({ adminDatabaseUrl: database.adminDatabaseUrl, orgId: clinic.orgId });
  const deskId = uuidv7();
  const answer = await request(servers.right, 'POST', '/api/desks', { body: { code, deskId, name: 'Front desk' } });
  return { deskId, token: (answer.body as PairedDesk).deskToken };
})();
const person = await signIn(servers.right, 'receptionist');

interface Booking {
  /** When the visit begins, in milliseconds from now. */
  readonly at: number;
  readonly madeAt?: number;
  readonly mintedAt?: number;
  readonly as?: 'desk' | 'person';
}

let booked = 0;
/** Books at a server; each booking has a quarter and a patient to itself. */
function book(server: Server, { at, madeAt = 0, mintedAt = 0, as = 'person' }: Booking) {
  const start = quarterDuring(instantAfter(at)) - clinic.opensAt + 2 * Math.floor(booked / 2);
  const command = bookCommand(clinic, start, {
    serviceId: clinic.services.plain,
    providerId: clinic.providers[booked % 2] ?? '',
    patientId: clinic.patients[booked++ % 4] ?? '',
  });
  const body = {
    ...command,
    commandId: uuidv7({ msecs: now + mintedAt }),
    actorId: users.receptionist,
    deskId: desk.deskId,
    madeAt: instantAfter(madeAt),
  };
  return request(server, 'POST', '/api/commands/book', { token: as === 'desk' ? desk.token : person, body });
}

describe.each(names)('a server whose host’s clock is %s', (name) => {
  const server = servers[name];

  it('tells desks the database’s clock', async () => {
    const { headers } = await request(server, 'GET', '/health/live');
    expect(Math.abs(Date.parse(headers.get('holdfast-clock') ?? '') - Date.now())).toBeLessThan(hour);
  });

  it('books tomorrow, and refuses yesterday as past', async () => {
    expect((await book(server, { at: day })).status).toBe(200);
    expect(requireProblem(await book(server, { at: -day }), 'refused').data.reason).toBe('in-the-past');
  });

  it('books yesterday where a paired desk did so the day before, and refuses it where the desk did so today', async () => {
    expect((await book(server, { at: -1.5 * day, madeAt: -2.5 * day, as: 'desk' })).status).toBe(200);
    const late = await book(server, { at: -1.5 * day, madeAt: 0, as: 'desk' });
    expect(requireProblem(late, 'refused').data.reason).toBe('in-the-past');
  });

  it.each([
    ['madeAt', (after: number) => ({ madeAt: after })],
    ['its id', (after: number) => ({ mintedAt: after })],
  ])('judges a command’s age by %s as every other server', async (_, made) => {
    for (const after of [-179 * day, 9 * day]) {
      expect((await book(server, { at: 2 * day, ...made(after) })).status).toBe(200);
    }
    for (const [after, reason] of [
      [-181 * day, 'too-old'],
      [11 * day, 'clock-ahead'],
    ] as const) {
      expect(requireProblem(await book(server, { at: day, ...made(after) }), 'refused').data.reason).toBe(reason);
    }
  });
});
