import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The cable between one desk and the server. Cut, it carries nothing and lets nobody in; mended, it is the same address. */
export interface NetworkLink {
  /** The server as this desk reaches it. */
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/**
 * A TCP proxy before the server at `serverUrl`. Everything that went through it is broken off by a cut, answers on their way
 * too. It keeps its port meanwhile, which another process would otherwise be free to take.
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
      // What is broken off tells both of its ends.
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
