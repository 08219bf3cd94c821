import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';

import { listRoutes, type Route } from '../../../server/api/route-list.ts';
import { hostileTexts } from '../../builders/hostile.ts';
import { addressOf, sampleOf } from '../../builders/route-samples.ts';
import { request, withServers, type Answer } from '../../builders/server.ts';

const { clinic, logged, start, signIn } = await withServers();
const server = await start();
// The samples' commands are this person's.
const token = await signIn(server, clinic.username);

type Place = readonly string[];

/** The places of all texts in a JSON value. */
function textsIn(value: unknown, at: Place = []): Place[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...at, key]));
}

function put(value: unknown, [key, ...rest]: Place, text: string): unknown {
  if (key === undefined) return text;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, text);
  return copy;
}

/** A server's answer is never a failure of its own, and no line of its log says that it stumbled. */
function expectJudged(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
}

const routes = listRoutes().filter((route) => !route.streams && route.name !== 'sessions.end');
const named = (of: readonly Route[]) => of.map((route) => [route.name, route] as const);

it.each(named(routes.filter(({ method }) => method === 'POST')))(
  '%s takes or refuses each hostile text in each field',
  async (name, route) => {
    // A new sample for each request: a used id would be answered before the text is looked at.
    for (const place of textsIn(sampleOf(route, clinic).body)) {
      const bodies = hostileTexts.map((text) => put(sampleOf(route, clinic).body, place, text));
      const answers = await Promise.all(
        bodies.map((body) => request(server, 'POST', sampleOf(route, clinic).path, { token, body })),
      );
      for (const [n, answer] of answers.entries())
        expectJudged(answer, `${name} ${place.join('.')} ${hostileTexts[n]}`);
    }
  },
);

it.each(named(routes.filter(({ method }) => method === 'GET')))(
  '%s takes or refuses each hostile text in its address',
  async (name, route) => {
    const sample = sampleOf(route, clinic);
    for (const text of hostileTexts.map((each) => encodeURIComponent(each.toWellFormed()))) {
      const addresses = [
        ...Object.keys(sample.query ?? {}).map((field) => `${sample.path}?${field}=${text}`),
        ...[...sample.path.matchAll(/[0-9a-f-]{36}|\d{4}-\d{2}-\d{2}/g)].map(([part]) =>
          sample.path.replace(part, text),
        ),
        addressOf(sample, { extra: text }),
      ];
      for (const address of addresses)
        expectJudged(await request(server, 'GET', address, { token }), `${name} ${address}`);
    }
  },
);

it('what was taken can be read again: day, patients and waitlist answer, and the log has no failure', async () => {
  for (const path of [
    `/api/sites/${clinic.siteId}/days/2031-03-03`,
    `/api/sites/${clinic.siteId}/waitlist`,
    '/api/patients?query=ne',
  ]) {
    expect((await request(server, 'GET', path, { token })).status, path).toBe(200);
  }
  expect(logged.filter((line) => line.includes('a request failed'))).toEqual([]);
});

it('an id in capitals is the id in small letters', async () => {
  const route = routes.find(({ name }) => name === 'commands.register-patient');
  if (!route) throw new Error('no such route');
  const sample = sampleOf(route, clinic);
  const commandId = uuidv7();
  const register = (id: string) =>
    request(server, 'POST', sample.path, { token, body: { ...sample.body, commandId: id } });
  expect((await register(commandId.toUpperCase())).status).toBe(200);
  expect(await register(commandId)).toMatchObject({ status: 200, body: { commandId } });
  const site = clinic.siteId.toUpperCase();
  expect((await request(server, 'GET', `/api/sites/${site}/days/2031-03-03`, { token })).status).toBe(200);
});
