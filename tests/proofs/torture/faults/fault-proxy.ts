import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What a link does to what passes through it. `cut`: nobody gets through, and who is through is thrown out.
 * `frozen`: connections stay, nothing moves. `deaf`: what is asked arrives, no answer comes back. `half-closed`: the
 * asking side is told that the other has nothing more to say, while it still hears. `slow`: each piece is late.
 */
export const linkFaults = ['cut', 'frozen', 'deaf', 'half-closed', 'slow'] as const;
export type LinkFault = (typeof linkFaults)[number];

export interface FaultProxy {
  readonly port: number;
  /** From now on, until `heal`. */
  inflict(fault: LinkFault, slowMs?: number): void;
  /** Connections that the fault has damaged are reset: both sides must find that out by themselves, and start anew. */
  heal(): void;
  /** Resets every connection that there is; new ones get through. */
  reset(): void;
  /** How many connections were made, and how many bytes passed. */
  passed(): { connections: number; bytes: number };
  close(): Promise<void>;
}

/** A TCP proxy on 127.0.0.1. `target` is asked for the port of each new connection; null: there is nobody. */
export async function openFaultProxy(target: () => number | null): Promise<FaultProxy> {
  const open = new Set<Socket>();
  let fault: LinkFault | null = null;
  let slowMs = 0;
  let healed = Promise.withResolvers<void>();
  let connections = 0;
  let bytes = 0;

  /** Carries one direction, piece by piece, so that a slow or frozen link pushes back on its sender. */
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
      // A connection that was reset is reset on its other side too: `end` would make it look like a proper goodbye.
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
          // Those that we accepted: their other side is the one that asks.
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

/** Node's own reset waits until everything that was written is taken, which a frozen reader never does. */
function resetNow(socket: Socket): void {
  socket.resetAndDestroy();
  socket.destroy();
}
