import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, it, onTestFinished } from 'vitest';

import { protocol } from '../../../../core/primitives/protocol.ts';
import { checkServer } from '../../../../electron/desk/setup/server-checks.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Holdfast server before any sign-in, with a protocol and a state that the test chooses. */
const holdfast = (theirs: number | undefined, health: object = { status: 'pass' }): RequestListener => {
  const info = { title: 'Holdfast', version: '1', ...(theirs === undefined ? {} : { 'x-protocol': theirs }) };
  return (request, response) => response.end(JSON.stringify(request.url === '/health/ready' ? health : { info }));
};

const saying =
  (text: string): RequestListener =>
  (_request, response) =>
    response.end(text);
const elsewhere: RequestListener = (_request, response) =>
  response.writeHead(302, { location: 'https://example.org' }).end();

it('a server of this version passes', async () => {
  const checks = await checkServer(`${await serve(holdfast(protocol))}/`);
  expect(checks.map(({ check, ok }) => [check, ok])).toEqual([
    ['reachable', true],
    ['is-holdfast', true],
    ['version', true],
  ]);
});

it('an address without a server fails the first check, with what to do', async () => {
  const only = async (url: string, detail: string) => {
    const checks = await checkServer(url);
    expect(checks).toEqual([{ check: 'reachable', ok: false, detail: expect.stringContaining(detail) as unknown }]);
  };
  await only(`http://127.0.0.1:${await closedPort()}`, 'nothing listens at that port. Check the port');
  await only('http://desk.invalid:4600', 'There is no host "desk.invalid" in this network. Check');
});

it('a secure address fails at a server without TLS, with what to do', async () => {
  const url = (await serve(holdfast(protocol))).replace('http:', 'https:');
  const [check] = await checkServer(url);
  expect(check).toMatchObject({ check: 'reachable', ok: false });
  expect(check?.detail).toMatch(/secure connection .* failed .*http:\/\//);
});

it.each([
  ['another web server', saying('<!doctype html><title>Router</title>')],
  ['a redirect to elsewhere', elsewhere],
  ['another API', saying('{"status":"pass","info":{"title":"Other"}}')],
  ['an API of our name that names no protocol', holdfast(undefined)],
])('%s is not taken for Holdfast', async (_case, listener) => {
  const checks = await checkServer(await serve(listener));
  expect(checks.map(({ check, ok }) => [check, ok])).toEqual([
    ['reachable', true],
    ['is-holdfast', false],
  ]);
  expect(checks[1]?.detail).toMatch(/Give the address of your Holdfast server/);
});

it('a server that is not ready says why', async () => {
  const health = { status: 'fail', output: 'the database cannot be reached' };
  const checks = await checkServer(await serve(holdfast(protocol, health)));
  expect(checks.at(-1)).toMatchObject({ check: 'is-holdfast', ok: false });
  expect(checks.at(-1)?.detail).toMatch(/not ready: the database cannot be reached/);
});

it.each([
  ['older', protocol - 1, 'Update the server'],
  ['newer', protocol + 1, 'Update the desk'],
])('a server that is %s fails the check, with what to update', async (_case, theirs, detail) => {
  const checks = await checkServer(await serve(holdfast(theirs)));
  expect(checks.at(-1)).toMatchObject({ check: 'version', ok: false });
  expect(checks.at(-1)?.detail).toContain(detail);
});
