import { v7 as uuidv7, v4 as uuidv4 } from 'uuid';
import { expect, it } from 'vitest';

import { refusalDetails } from '../../../core/contract/refusal-details.ts';
import { requireDone, requireRefused, now, withBookingDesk } from '../../builders/booking-desk.ts';
import { bookCommand } from '../../builders/commands.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { admin, clinic, send } = await withBookingDesk();
const servers = await withServers();

const daysFromNow = (days: number) => Date.parse(now) + days * 86_400_000;
const bookingAt = (offset: number, days: number) => ({
  ...bookCommand(clinic, offset),
  commandId: uuidv7({ msecs: daysFromNow(days) }),
  madeAt: new Date(daysFromNow(days)).toISOString(),
});
const rowsOf = (commandId: string) => admin`select from commands where command_id = ${commandId}`;

it.each([
  ['too-old', -181],
  ['clock-ahead', 11],
] as const)('a command that is %s is refused, and nothing is remembered of it', async (reason, days) => {
  const command = bookingAt(0, days);
  for (const _ of [1, 2]) {
    const { data, detail } = requireRefused(await send('book', command), 'refused');
    expect(data.reason).toBe(reason);
    expect(detail).toBe(refusalDetails[reason]);
  }
  expect(await rowsOf(command.commandId)).toHaveLength(0);
});

it('a command that a desk kept for 179 days is decided', async () => {
  requireDone(await send('book', bookingAt(4, -179)));
});

it('age comes before everything else: also a command that was decided is not answered again when it is too old', async () => {
  const command = { ...bookingAt(8, -181), protocol: 1 };
  await admin`insert into commands (org_id, command_id, body_hash, command_type, actor_kind, actor_id, desk_id, made_at, verdict)
    values (${clinic.orgId}, ${command.commandId}, '', 'book', 'person', ${clinic.userId}, 'd', ${command.madeAt}, '{"kind": "done"}')`;
  expect(requireRefused(await send('book', command, {}, []), 'refused').data.reason).toBe('too-old');
});

it('over the wire an id that is no UUIDv7 is not well-formed, because it does not say when it was minted', async () => {
  const server = await servers.start();
  const token = await servers.signIn(server, servers.clinic.username);
  const post = (body: object) => request(server, 'POST', '/api/commands/book', { token, body });
  requireProblem(await post({ ...bookCommand(servers.clinic, 0), commandId: uuidv4() }), 'invalid-input');
  const old = { ...bookCommand(servers.clinic, 0), commandId: uuidv7({ msecs: daysFromNow(-190) }) };
  expect(requireProblem(await post(old), 'refused').data.reason).toBe('too-old');
});

it('the age is measured by the clock that the server was given', async () => {
  const server = await servers.start({ clock: { now: () => '2044-01-01T00:00:00Z' } });
  const token = await servers.signIn(server, servers.clinic.username);
  const body = bookCommand(servers.clinic, 0);
  const answer = await request(server, 'POST', '/api/commands/book', { token, body });
  expect(requireProblem(answer, 'refused').data.reason).toBe('too-old');
});
