import { describe, expect, it } from 'vitest';

import { listRoutes } from '../../../server/api/route-list.ts';
import { bookCommand, moveCommand } from '../../builders/commands.ts';
import { addressOf, sampleOf } from '../../builders/route-samples.ts';
import { requireProblem, request, withServers } from '../../builders/server.ts';

const { clinic, start, signIn } = await withServers();
const server = await start();
const token = await signIn(server, clinic.username);
const routes = listRoutes();
const withBody = routes.filter((route) => route.method === 'POST' && route.contract['~orpc'].inputSchema !== undefined);

const isIndex = (place: readonly string[]) => /^\d+$/.test(place.at(-1) ?? '');
/** A move that names no time keeps its own. Every other field of the samples is required. */
const mayBeLeftOut = new Set(['commands.move body.scheduledStart']);

/** The path of every member of a JSON value, which a test can replace: `['body', 'slotStarts', '0']`. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...at]];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(typeof inner === 'object' ? [[...at, key]] : []),
    ...placesIn(inner, [...at, key]),
  ]);
}

/** A copy in which `place` holds `replacement`, or is missing when `replacement` is undefined. */
function replaced(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = structuredClone(value) as Record<string, unknown>;
  const inner = replaced(copy[key], rest, replacement);
  if (inner === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = inner;
  return copy;
}

describe.each(withBody.map((route) => [route.name, route] as const))('%s', (_name, route) => {
  const sample = sampleOf(route, clinic);
  const send = (options: Parameters<typeof request>[3]) => request(server, 'POST', sample.path, { token, ...options });
  const requireNamedIssue = async (body: unknown, path: string) => {
    const { data } = requireProblem(await send({ body }), 'invalid-input');
    expect(data.issues).toContainEqual({ path, message: expect.stringMatching(/\S/) });
    return data.issues;
  };
  const places = placesIn(sample.body);

  it('accepts its sample, so that each refusal below is due to its one difference from the sample', async () => {
    const answer = await send({ body: sample.body });
    expect(answer.body).not.toMatchObject({ code: 'invalid-input' });
  });

  it.each(places.map((place) => [place.join('.'), place] as const))(
    'refuses a wrong type at %s',
    async (path, place) => {
      for (const wrong of [true, null]) await requireNamedIssue(replaced(sample.body, place, wrong), path);
    },
  );

  const fields = places.filter((place) => !isIndex(place) && !mayBeLeftOut.has(`${route.name} ${place.join('.')}`));
  it.each(fields.map((place) => [place.join('.'), place] as const))(
    'names %s where it is missing',
    async (path, place) => {
      const issues = await requireNamedIssue(replaced(sample.body, place, undefined), path);
      expect(issues.find((issue) => issue.path === path)?.message).toMatch(/missing|^Give one of/);
    },
  );

  it('refuses unknown fields at every level, by name', async () => {
    const levels = [[], ...places].filter((place) => {
      const at = place.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], sample.body);
      return typeof at === 'object' && !Array.isArray(at);
    });
    for (const level of levels) {
      const path = [...level, 'overbook'];
      const issues = await requireNamedIssue(replaced(sample.body, path, true), path.join('.'));
      expect(issues).toHaveLength(1);
    }
  });

  it('refuses a query string, because it would not read one', async () => {
    const { data } = requireProblem(
      await request(server, 'POST', `${sample.path}?force=true`, { token, body: sample.body }),
      'invalid-input',
    );
    expect(data.issues.map(({ path }) => path)).toEqual(['force']);
  });

  it('refuses what is not JSON: malformed, empty, an array, a string, a prototype', async () => {
    for (const raw of ['{"commandId":', 'undefined', '', '[]', '"x"', 'null', '{"__proto__":{"admin":true}}']) {
      requireProblem(await send({ raw }), 'invalid-input');
    }
  });

  it('refuses other media types', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'nonsense',
    ]) {
      requireProblem(await send({ body: sample.body, headers: { 'content-type': type } }), 'unsupported-media-type');
    }
  });

  it('refuses a body of more than 64 KiB', async () => {
    requireProblem(await send({ body: { ...sample.body, padding: 'x'.repeat(64 * 1024) } }), 'too-large');
  });
});

describe.each(routes.filter((route) => route.method !== 'POST').map((route) => [route.name, route] as const))(
  '%s',
  (_name, route) => {
    const sample = sampleOf(route, clinic);
    const ask = (address: string) => request(server, route.method, address, { token });

    it('refuses unknown fields in the query string, by name', async () => {
      const { data } = requireProblem(await ask(addressOf(sample, { force: 'true' })), 'invalid-input');
      expect(data.issues).toEqual([{ path: 'force', message: expect.stringContaining('no such field') }]);
    });

    it.each(Object.keys(sample.query ?? {}))('refuses %s missing, twice and too long', async (field) => {
      const value = sample.query?.[field] ?? '';
      for (const search of [
        '',
        `${field}=${value}&${field}=${value}`,
        `${field}=${'x'.repeat(200)}`,
        `${field}[a]=b`,
      ]) {
        const { data } = requireProblem(await ask(`${sample.path}?${search}`), 'invalid-input');
        expect(data.issues.map(({ path }) => path)).toContain(field);
      }
    });
  },
);

it('refuses path parameters that are no id and no day', async () => {
  for (const [siteId, date, path] of [
    ['1', '2031-03-03', 'siteId'],
    [clinic.siteId, '2031-02-30', 'date'],
    [clinic.siteId, 'today', 'date'],
    ["' or 1=1", '2031-03-03', 'siteId'],
  ] as const) {
    const answer = await request(server, 'GET', `/api/sites/${encodeURIComponent(siteId)}/days/${date}`, { token });
    expect(requireProblem(answer, 'invalid-input').data.issues.map((issue) => issue.path)).toEqual([path]);
  }
});

it('takes the nearest of several forms of a precondition as the intended one', async () => {
  const move = moveCommand(clinic, 1, { appointmentId: clinic.siteId });
  for (const [precondition, paths] of [
    [{ afterCommandId: 'x' }, ['precondition.afterCommandId']],
    [{ version: 1, afterCommandId: clinic.siteId }, ['precondition.afterCommandId']],
    [{ version: 0 }, ['precondition.version']],
    [{ afterCommandId: clinic.siteId, overbook: true }, ['precondition.overbook']],
  ] as const) {
    const body = { ...move, precondition };
    const answer = await request(server, 'POST', '/api/commands/move', { token, body });
    expect(requireProblem(answer, 'invalid-input').data.issues.map((issue) => issue.path)).toEqual(paths);
  }
});

describe('a start that is off the 15-minute boundaries', () => {
  it('is refused with the two nearest named', async () => {
    const body = bookCommand(clinic, 0, { scheduledStart: '2031-03-03T08:23:00Z' });
    const { data } = requireProblem(
      await request(server, 'POST', '/api/commands/book', { token, body }),
      'invalid-input',
    );
    expect(data.issues).toEqual([{ path: 'body.scheduledStart', message: expect.stringMatching(/08:15 and 08:30/) }]);
  });

  it.each([
    '2031-03-03T08:15:01Z',
    '2031-03-03T08:15:00.001Z',
    '2031-03-03T08:15:00',
    '2031-03-03T08:15Z',
    '2031-03-03 08:15:00Z',
    '2031-03-03T08:15:00+00:07',
    '2031-02-30T08:15:00Z',
    '2031-03-03',
    '1930000000',
  ])('is refused as %s', async (scheduledStart) => {
    const body = bookCommand(clinic, 0, { scheduledStart });
    const { data } = requireProblem(
      await request(server, 'POST', '/api/commands/book', { token, body }),
      'invalid-input',
    );
    expect(data.issues.map(({ path }) => path)).toEqual(['body.scheduledStart']);
  });
});
