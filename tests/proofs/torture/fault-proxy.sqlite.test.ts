import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { openFaultProxy } from './faults/fault-proxy.ts';

/** A server that answers each piece with its text in capitals. */
async function startEcho(): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      heard.push(String(piece));
      socket.write(String(piece).toUpperCase());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heard };
}

async function withProxy(target: () => number | null) {
  const proxy = await openFaultProxy(target);
  onTestFinished(() => proxy.close());
  const open = async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    const got: string[] = [];
    socket.on('data', (piece) => got.push(String(piece)));
    socket.on('error', () => {});
    const closed = once(socket, 'close').catch(() => []);
    await once(socket, 'connect').catch(() => []);
    return { socket, got, closed };
  };
  return { proxy, open };
}

test('a healthy link passes everything on', async () => {
  const echo = await startEcho();
  const { open } = await withProxy(() => echo.port);
  const { socket, got } = await open();
  socket.write('hello');
  await expect.poll(() => got.join('')).toBe('HELLO');
  socket.end();
});

test('a cut link resets open connections, refuses new ones, and heals', async () => {
  const echo = await startEcho();
  const { proxy, open } = await withProxy(() => echo.port);
  const before = await open();
  before.socket.write('x');
  await expect.poll(() => before.got.length).toBe(1);
  proxy.inflict('cut');
  await before.closed;
  const during = await open();
  await during.closed;
  proxy.heal();
  const after = await open();
  after.socket.write('again');
  await expect.poll(() => after.got.join('')).toBe('AGAIN');
});

test('a deaf link lets a request through, and no answer', async () => {
  const echo = await startEcho();
  const { proxy, open } = await withProxy(() => echo.port);
  const { socket, got, closed } = await open();
  proxy.inflict('deaf');
  socket.write('did you hear?');
  await expect.poll(() => echo.heard.join('')).toBe('did you hear?');
  proxy.heal();
  await closed;
  expect(got).toEqual([]);
});

test('a frozen link keeps the connection and moves nothing', async () => {
  const echo = await startEcho();
  const { proxy, open } = await withProxy(() => echo.port);
  const { socket, closed } = await open();
  proxy.inflict('frozen');
  socket.write('too late');
  await open();
  expect(echo.heard).toEqual([]);
  expect(socket.destroyed).toBe(false);
  proxy.heal();
  await closed;
});

test('a half-closed link tells the asking side that no more answers come, and still carries its requests', async () => {
  const echo = await startEcho();
  const { proxy, open } = await withProxy(() => echo.port);
  const { socket, got } = await open();
  socket.allowHalfOpen = true;
  socket.write('x');
  await expect.poll(() => got.length).toBe(1);
  const ended = once(socket, 'end');
  proxy.inflict('half-closed');
  await ended;
  socket.write('still here');
  await expect.poll(() => echo.heard.join('')).toBe('xstill here');
});

test('a slow link is late and loses nothing', async () => {
  const echo = await startEcho();
  const { proxy, open } = await withProxy(() => echo.port);
  const { socket, got } = await open();
  proxy.inflict('slow', 60_000);
  socket.write('word');
  await open();
  expect(echo.heard).toEqual([]);
  proxy.heal();
  await expect.poll(() => got.join('')).toBe('WORD');
  expect(socket.destroyed).toBe(false);
});

test('a link without a target refuses connections', async () => {
  const { proxy, open } = await withProxy(() => null);
  const { closed } = await open();
  await closed;
  expect(proxy.passed()).toEqual({ connections: 0, bytes: 0 });
});
