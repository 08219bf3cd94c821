import type { DeskEvent } from '../../../core/contract/desk/calls.ts';

export interface DeskEvents {
  emit(event: DeskEvent): void;
  listen(listener: (event: DeskEvent) => void): () => void;
}

/** Enough for every command of a long day without the network. */
const maxKept = 1_000;

/**
 * Gives each event to every listener. A decision that comes while nobody listens (the window is being reloaded, or not
 * open yet) is kept for the first who does; of the status, a new listener is told the present one.
 */
export function openDeskEvents(): DeskEvents {
  const listeners = new Set<(event: DeskEvent) => void>();
  let kept: DeskEvent[] = [];
  let status: DeskEvent | null = null;

  return {
    emit(event) {
      if (event.type === 'status') status = event;
      if (listeners.size === 0 && event.type === 'decided') kept = [...kept, event].slice(-maxKept);
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      const missed = kept;
      kept = [];
      queueMicrotask(() => {
        for (const event of status ? [status, ...missed] : missed) listener(event);
      });
      return () => listeners.delete(listener);
    },
  };
}
