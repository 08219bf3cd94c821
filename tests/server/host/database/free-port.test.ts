import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { choosePort, listenWhereFree } from '../../../../server/host/database/free-port.ts';

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

test('a port that another program takes between the choice and the start gives way to another', async () => {
  const preferred = await choosePort({});
  const offered: number[] = [];
  const started = await listenWhereFree({ preferred }, async (port) => {
    offered.push(port);
    if (offered.length === 1) await listen(port);
    return listen(port);
  });
  expect(offered[0]).toBe(preferred);
  expect(offered).toHaveLength(2);
  expect(portOf(started)).toBe(offered[1]);
});

test('a port that a person asked for never gives way', async () => {
  const asked = await choosePort({});
  const taken = listenWhereFree({ asked }, async (port) => {
    await listen(port);
    return listen(port);
  });
  await expect(taken).rejects.toThrow(`Port ${asked} is in use by another program`);
});

test('any other failure of the start is thrown at once', async () => {
  let starts = 0;
  const failing = listenWhereFree({}, () => {
    starts += 1;
    return Promise.reject(new Error('no database'));
  });
  await expect(failing).rejects.toThrow('no database');
  expect(starts).toBe(1);
});
