import type { listen } from '../../../db/pg/listen.ts';
import type { Timeline } from './timeline.ts';

/** Stands for PostgreSQL's NOTIFY between the servers of a simulation. */
export interface PokeLine {
  /** Replaces LISTEN for the server of this number. */
  listenAt(server: number): typeof listen;
  /** Breaks a server's connection for this long. The server misses every poke in between. */
  breakFor(server: number, milliseconds: number): void;
}

interface Connection {
  readonly hear: (payload: string) => void;
  readonly resume: () => void;
  isBroken: boolean;
}

export function openPokeLine(timeline: Timeline, takes: () => number): PokeLine {
  const connections = new Map<number, Connection>();
  return {
    listenAt: (server) => async (_url, _channel, onNotify, onResumed) => {
      const connection: Connection = { hear: onNotify, resume: onResumed, isBroken: false };
      const isOpen = () => connections.get(server) === connection;
      connections.set(server, connection);
      return {
        async notify(payload) {
          if (!isOpen() || connection.isBroken) throw new Error('the connection is broken');
          for (const [other, listener] of connections) {
            timeline.after(takes(), () => {
              if (connections.get(other) === listener && !listener.isBroken) listener.hear(payload);
            });
          }
        },
        async close() {
          if (isOpen()) connections.delete(server);
        },
      };
    },
    breakFor(server, milliseconds) {
      const connection = connections.get(server);
      if (!connection || connection.isBroken) return;
      connection.isBroken = true;
      timeline.after(milliseconds, () => {
        connection.isBroken = false;
        if (connections.get(server) === connection) connection.resume();
      });
    },
  };
}
