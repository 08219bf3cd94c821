import type { listen } from '../../db/pg/listen.ts';
import type { Timeline } from './timeline.ts';

/** PostgreSQL's NOTIFY between the servers of a simulation. */
export interface PokeLine {
  readonly listen: typeof listen;
}

export function openPokeLine(timeline: Timeline, takes: () => number): PokeLine {
  const listeners = new Set<(payload: string) => void>();
  return {
    async listen(_url, _channel, onNotify) {
      const hear = (payload: string) => onNotify(payload);
      listeners.add(hear);
      let isOpen = true;
      return {
        async notify(payload) {
          if (!isOpen) throw new Error('the listener is closed');
          for (const listener of listeners) {
            timeline.after(takes(), () => {
              if (listeners.has(listener)) listener(payload);
            });
          }
        },
        async close() {
          isOpen = false;
          listeners.delete(hear);
        },
      };
    },
  };
}
