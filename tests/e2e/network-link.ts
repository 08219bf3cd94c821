import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The cable between one desk and the server. Cut, it carries nothing and lets nobody in; mended, it is the same address. */
export interface NetworkLink {
  /** The server as this desk reaches it. */
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** A TCP proxy before the server at `serverUrl`. Everything that went through it is broken off by a cut, answers on their way too. */
export async function openLink(serverUrl: string): Promise<NetworkLink> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  function carry(fromDesk: Socket): void {
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
  }

  async function listen(wanted: number): Promise<number> {
    const listening = createServer(carry);
    listening.listen(wanted, '127.0.0.1');
    await once(listening, 'listening');
    server = listening;
    return (listening.address() as AddressInfo).port;
  }

  async function cut(): Promise<void> {
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server = null;
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async mend() {
      await listen(port);
    },
    close: cut,
  };
}
