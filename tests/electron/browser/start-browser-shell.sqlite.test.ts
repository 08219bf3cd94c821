import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { startBrowserShell } from '../../../electron/browser/start-browser-shell.ts';
import { credentials, quickTiming, scratchFolder, scratchServer } from '../scratch.ts';

async function scratchRenderer(): Promise<string> {
  const folder = path.join(await scratchFolder(), 'renderer');
  await mkdir(folder);
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><html><head><script type="module" src="./main.js"></script></head><body></body></html>',
  );
  await writeFile(path.join(folder, 'main.js'), 'window.ready = true;');
  return folder;
}

async function scratchShell() {
  const server = await scratchServer();
  const lines: string[] = [];
  const shell = await startBrowserShell({
    serverUrl: server.url,
    dataDir: await scratchFolder(),
    rendererDir: await scratchRenderer(),
    timing: quickTiming,
    log: (line) => lines.push(line),
  });
  onTestFinished(() => shell.close());
  return { server, shell, lines, url: shell.url, origin: new URL(shell.url).origin };
}

/** Sends a GET with any Host and Origin, which no browser lets a page do. */
async function get(url: string, headers: Record<string, string> = {}) {
  // No connection is kept: another shell may answer at the same port later.
  const asked = request(url, { headers, agent: false });
  asked.end();
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

async function enter(url: string): Promise<string> {
  const { headers } = await get(url);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

function openSocket(origin: string, headers: Record<string, string>): WebSocket {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/desk-socket`, { headers });
  onTestFinished(() => socket.terminate());
  return socket;
}

async function statusOfSocket(origin: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = openSocket(origin, headers);
  return new Promise((resolve) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('error', () => undefined);
  });
}

/** A page that entered with the token, and of which the socket is open. */
async function openPage() {
  const opened = await scratchShell();
  const cookie = await enter(opened.url);
  const socket = openSocket(opened.origin, { cookie, origin: opened.origin });
  const messages: unknown[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
  await once(socket, 'open');
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  return { ...opened, cookie, socket, messages, closed };
}

test('the shell exchanges the token once for a cookie, which scripts and other sites do not get', async () => {
  const { url, origin } = await scratchShell();
  const first = await get(url);
  expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
  const setCookie = first.headers['set-cookie']?.[0] ?? '';
  expect(setCookie).toMatch(/^holdfast-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);

  const second = await get(url);
  expect(second.status).toBe(403);
  expect(second.headers['set-cookie']).toBeUndefined();
  expect(second.body).toContain('start it again');

  const cookie = setCookie.split(';')[0] ?? '';
  expect(await get(url, { cookie })).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(await get(`${origin}/`, { cookie })).toMatchObject({ status: 200 });
  expect(await get(`${origin}/`, { cookie })).toMatchObject({ status: 200 });
});

test("the desk's script runs before the renderer's, under a strict policy", async () => {
  const { url, origin } = await scratchShell();
  const cookie = await enter(url);
  const page = await get(`${origin}/`, { cookie });
  expect(page.body.indexOf('src="/desk.js"')).toBeGreaterThan(0);
  expect(page.body.indexOf('src="/desk.js"')).toBeLessThan(page.body.indexOf('src="./main.js"'));
  const policy = page.headers['content-security-policy'];
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(await get(`${origin}/desk.js`, { cookie })).toMatchObject({ status: 200 });
  expect(await get(`${origin}/main.js`, { cookie })).toMatchObject({ status: 200, body: 'window.ready = true;' });
  expect(await get(`${origin}/..%2f..%2fdesk.sqlite`, { cookie })).toMatchObject({ status: 404 });
});

test.each(['/', '/?token=guess', '/desk.js', '/main.js', '/nowhere'])(
  '%s is refused without a cookie',
  async (where) => {
    const { origin } = await scratchShell();
    const forged = `holdfast-${new URL(origin).port}=guess`;
    expect(await get(origin + where)).toMatchObject({ status: 403 });
    expect(await get(origin + where, { cookie: forged })).toMatchObject({ status: 403 });
  },
);

test('a foreign name that leads to this machine is refused, and does not use the token up', async () => {
  const { url, origin } = await scratchShell();
  expect(await get(url, { host: 'evil.example' })).toMatchObject({ status: 403 });
  expect(await get(url, { host: `localhost:${new URL(origin).port}` })).toMatchObject({ status: 403 });
  expect(await get(url, { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
  const cookie = await enter(url);
  expect(await get(`${origin}/`, { cookie, host: 'evil.example' })).toMatchObject({ status: 403 });
});

test('a socket needs the cookie, this Host and this Origin', async () => {
  const { url, origin } = await scratchShell();
  const cookie = await enter(url);
  expect(await statusOfSocket(origin, { origin })).toBe(403);
  expect(await statusOfSocket(origin, { cookie })).toBe(403);
  expect(await statusOfSocket(origin, { cookie, origin: 'http://evil.example' })).toBe(403);
  expect(await statusOfSocket(origin, { cookie, origin, host: 'evil.example' })).toBe(403);
  expect(await statusOfSocket(origin, { cookie, origin })).toBe(101);
});

test('a page calls the desk and hears its events, and every page sees one desk', async () => {
  const { socket, messages, origin, cookie } = await openPage();
  socket.send(JSON.stringify({ id: 1, call: 'signIn', input: credentials }));
  await expect
    .poll(() => messages)
    .toContainEqual({ id: 1, answer: { ok: true, value: expect.any(Object) as unknown } });
  await expect
    .poll(() => messages)
    .toContainEqual({
      event: { type: 'status', status: expect.objectContaining({ connection: 'online' }) as unknown },
    });

  const other = openSocket(origin, { cookie, origin });
  const heard: unknown[] = [];
  other.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
  await once(other, 'open');
  other.send(JSON.stringify({ id: 1, call: 'describe', input: {} }));
  await expect
    .poll(() => heard)
    .toContainEqual({
      id: 1,
      answer: {
        ok: true,
        value: {
          deskId: expect.any(String) as unknown,
          person: expect.any(Object) as unknown,
          setUp: true,
          isPaired: false,
          isNew: false,
          isDemo: false,
        },
      },
    });
});

test('a payload that does not fit its call is answered with its faults', async () => {
  const { socket, messages } = await openPage();
  socket.send(JSON.stringify({ id: 1, call: 'signIn', input: { username: 'rana', password: '', all: true } }));
  await expect
    .poll(() => messages)
    .toContainEqual({
      id: 1,
      answer: {
        ok: false,
        problem: expect.objectContaining({
          code: 'invalid-input',
          data: { issues: [expect.objectContaining({ path: 'password' }), expect.objectContaining({ path: '' })] },
        }) as unknown,
      },
    });
});

test.each([
  ['a call that is not listed', JSON.stringify({ id: 1, call: 'readEverything', input: {} }), 1008],
  ['a name from the prototype', JSON.stringify({ id: 1, call: 'constructor', input: {} }), 1008],
  ['a message of another shape', JSON.stringify({ id: 'one', call: 'describe', input: {} }), 1008],
  ['a field too many', JSON.stringify({ id: 1, call: 'describe', input: {}, as: 'root' }), 1008],
  ['text that is not JSON', '{', 1008],
  ['bytes', Buffer.from([1, 2, 3]), 1008],
  ['a message that is too large', JSON.stringify({ id: 1, call: 'describe', input: 'x'.repeat(70_000) }), 1009],
])('%s ends the socket and goes into the log', async (_title, message, code) => {
  const { socket, closed, lines } = await openPage();
  socket.send(message);
  expect((await closed)[0]).toBe(code);
  await expect.poll(() => lines).toHaveLength(1);
});

test('a page that is open goes on after a restart of the shell, and no page of another desk does', async () => {
  const server = await scratchServer();
  const options = {
    serverUrl: server.url,
    rendererDir: await scratchRenderer(),
    timing: quickTiming,
    log: () => undefined,
  };
  const dataDir = await scratchFolder();
  const first = await startBrowserShell({ ...options, dataDir });
  const cookie = await enter(first.url);
  const { port, origin } = new URL(first.url);
  await first.close();

  const other = await startBrowserShell({ ...options, dataDir: await scratchFolder(), port: Number(port) });
  expect(await get(`${origin}/`, { cookie })).toMatchObject({ status: 403 });
  await other.close();

  const again = await startBrowserShell({ ...options, dataDir, port: Number(port) });
  onTestFinished(() => again.close());
  expect(await get(`${origin}/`, { cookie })).toMatchObject({ status: 200 });
  expect(await statusOfSocket(origin, { cookie, origin })).toBe(101);
});

test('the error for a renderer that is not built names it and says what to do', async () => {
  const empty = await scratchFolder();
  const starting = startBrowserShell({ serverUrl: 'http://127.0.0.1:9', dataDir: empty, rendererDir: empty });
  await expect(starting).rejects.toThrow('npx vite build renderer');
});

test('the shell tells its address before the desk is open, and answers a page that comes that early', async () => {
  const server = await scratchServer();
  const early: WebSocket[] = [];
  const shell = await startBrowserShell({
    serverUrl: server.url,
    dataDir: await scratchFolder(),
    rendererDir: await scratchRenderer(),
    timing: quickTiming,
    async onListening(url) {
      const { origin } = new URL(url);
      early.push(openSocket(origin, { cookie: await enter(url), origin }));
      // By then the socket's request has come, and waits.
      await pause(200);
      expect(early[0]?.readyState).toBe(WebSocket.CONNECTING);
    },
  });
  onTestFinished(() => shell.close());
  const [socket] = early;
  socket?.on('open', () => socket.send(JSON.stringify({ id: 7, call: 'describe', input: {} })));
  const answers: { id?: number }[] = [];
  socket?.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString()) as { id?: number }));
  await vi.waitFor(() => expect(answers).toContainEqual(expect.objectContaining({ id: 7 })));
});

test('a shell stops listening when its desk cannot be opened', async () => {
  const server = await scratchServer();
  const dataDir = await scratchFolder();
  const options = { serverUrl: server.url, dataDir, rendererDir: await scratchRenderer(), timing: quickTiming };
  const shell = await startBrowserShell(options);
  onTestFinished(() => shell.close());
  let url = '';
  await expect(startBrowserShell({ ...options, onListening: (address) => void (url = address) })).rejects.toThrow(
    'already runs',
  );
  await expect(get(url)).rejects.toThrow('ECONNREFUSED');
});
