import { describe, expect, it } from 'vitest';

import { permissionsOf, roles } from '../../../core/domain/people/permissions.ts';
import { listRoutes } from '../../../server/api/route-list.ts';
import { addressOf, sampleOf } from '../../builders/route-samples.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { clinic, start, signIn } = await withServers();
const server = await start();
const routes = listRoutes();
const closed = routes.filter((route) => route.access !== 'anyone');

it('only signing in and pairing need no session', () => {
  const open = routes.filter((route) => route.access === 'anyone').map((route) => route.name);
  expect(open).toEqual(['sessions.create', 'desks.pair']);
  expect(closed.length).toBe(24);
});

describe.each(closed.map((route) => [route.name, route] as const))('%s', (_name, route) => {
  const sample = sampleOf(route, clinic);
  const ask = (token?: string) =>
    request(server, route.method, addressOf(sample), {
      ...(sample.body && { body: sample.body }),
      ...(token !== undefined && { token }),
    });

  it('answers 401 without a session, and says how to get one', async () => {
    const answer = await ask();
    expect(requireProblem(answer, 'unauthenticated').detail).toContain('POST /api/sessions');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('answers 401 to an unknown token and to a malformed one', async () => {
    requireProblem(await ask('A'.repeat(43)), 'unauthenticated');
    requireProblem(await ask('not a token'), 'unauthenticated');
  });

  const shutOut = roles.filter((role) => {
    const needed = route.access;
    return needed !== 'signed-in' && needed !== 'anyone' && !permissionsOf(role).includes(needed);
  });
  it.each(shutOut)('answers 403 to a %s', async (role) => {
    const { detail } = requireProblem(await ask(await signIn(server, role)), 'forbidden');
    expect(detail).toContain(route.access);
  });
});

it('the tests above refuse every permission to each role that lacks it', () => {
  const lacking = closed.filter(
    ({ access }) =>
      access !== 'signed-in' && roles.some((role) => !(permissionsOf(role) as readonly string[]).includes(access)),
  );
  expect(lacking.map((route) => route.name)).toEqual(
    expect.arrayContaining([
      'patients.search',
      'commands.book',
      'commands.move',
      'commands.cancel',
      'commands.raise-capacity',
      'commands.register-patient',
    ]),
  );
});

const commands = closed.filter((route) => route.method === 'POST');
it.each(commands.map((route) => [route.name, route] as const))(
  '%s asks who it is before it reads a body',
  async (_name, route) => {
    const answer = await request(server, 'POST', sampleOf(route, clinic).path, { raw: '{' });
    requireProblem(answer, 'unauthenticated');
  },
);
