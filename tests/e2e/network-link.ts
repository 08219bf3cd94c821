import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The cable between one desk and the server. A cut cable carries nothing and refuses connections. Its address never changes. */
export interface NetworkLink {
  /** The server's address for this desk. */
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/**
 * A TCP proxy before the server at `serverUrl`. A cut breaks every connection, and answers on their way are lost. The proxy
 * keeps its port meanwhile, which another process could otherwise take.
 */
export async function openLink(serverUrl: string): Promise<NetworkLink> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;

  const server = createServer((fromDesk) => {
    if (isCut) {
      fromDesk.on('error', () => {});
      fromDesk.destroy();
      return;
    }
    const toServer = connect(Number(target.port), target.hostname);
    for (const socket of [fromDesk, toServer]) {
      sockets.add(socket);
      // A broken connection is reset at both ends.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        fromDesk.destroy();
        toServer.destroy();
      });
    }
    fromDesk.pipe(toServer);
    toServer.pipe(fromDesk);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function cut(): void {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      isCut = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
