import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What a link does to its connections. `cut`: new connections are refused and open ones are reset. `frozen`: connections
 * stay, and nothing moves. `deaf`: requests arrive, and no answer comes back. `half-closed`: the asking side is told that no
 * more answers come, while the other side still hears. `slow`: each piece of data is late.
 */
export const linkFaults = ['cut', 'frozen', 'deaf', 'half-closed', 'slow'] as const;
export type LinkFault = (typeof linkFaults)[number];

export interface FaultProxy {
  readonly port: number;
  /** Begins a fault, which lasts until `heal`. */
  inflict(fault: LinkFault, slowMs?: number): void;
  /** Ends the fault and resets the connections that it damaged. Both sides must notice by themselves, and connect anew. */
  heal(): void;
  /** Resets every open connection. New connections get through. */
  reset(): void;
  /** The number of connections, and of bytes that passed. */
  passed(): { connections: number; bytes: number };
  close(): Promise<void>;
}

/** A TCP proxy on 127.0.0.1. For each new connection `target` gives the port to connect to, or null to refuse. */
export async function openFaultProxy(target: () => number | null): Promise<FaultProxy> {
  const open = new Set<Socket>();
  let fault: LinkFault | null = null;
  let slowMs = 0;
  let healed = Promise.withResolvers<void>();
  let connections = 0;
  let bytes = 0;

  /** Carries one direction piece by piece, so that a slow or frozen link makes its sender wait. */
  async function carry(from: Socket, to: Socket, isAnswer: boolean): Promise<void> {
    for await (const piece of from as AsyncIterable<Buffer>) {
      if (fault === 'frozen') await healed.promise;
      if (fault === 'slow') await Promise.race([pause(slowMs), healed.promise]);
      if (isAnswer && fault === 'deaf') continue;
      bytes += piece.length;
      if (!to.writable) return;
      if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    to.end();
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const port = target();
    if (port === null || fault === 'cut') {
      near.on('error', () => {});
      resetNow(near);
      return;
    }
    connections += 1;
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      // When one side is reset, the other is reset too: `end` would look like a proper close.
      one.on('error', () => resetNow(other));
      one.on('close', () => {
        open.delete(one);
        if (one.readableEnded) return;
        resetNow(other);
      });
    }
    carry(near, far, false).catch(() => resetNow(near));
    carry(far, near, true).catch(() => resetNow(far));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const reset = () => {
    for (const socket of open) resetNow(socket);
  };
  const endFault = () => {
    const damaged = fault !== null && fault !== 'slow';
    fault = null;
    if (damaged) reset();
    healed.resolve();
    healed = Promise.withResolvers();
  };
  return {
    port: (server.address() as AddressInfo).port,
    inflict(kind, ms = 200) {
      endFault();
      fault = kind;
      slowMs = ms;
      if (kind === 'cut') reset();
      if (kind === 'half-closed') {
        for (const socket of open) {
          // Sockets that the proxy accepted: the asking side is at their other end.
          if (socket.localPort === (server.address() as AddressInfo).port) socket.end();
        }
      }
    },
    heal: endFault,
    reset,
    passed: () => ({ connections, bytes }),
    async close() {
      endFault();
      reset();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Node's own reset waits until the peer has read everything that was written, which a frozen reader never does. */
function resetNow(socket: Socket): void {
  socket.resetAndDestroy();
  socket.destroy();
}
