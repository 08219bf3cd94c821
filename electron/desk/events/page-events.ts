import type { DeskEvent } from '../../../core/contract/desk/calls.ts';

/** The events that the desk tells its pages; `signals.ts` has what the desk's parts tell each other. */
export interface DeskEvents {
  emit(event: DeskEvent): void;
  listen(listener: (event: DeskEvent) => void): () => void;
}

/** Decisions: as many as the commands of a long day without the network. */
const maxKept = 1_000;

/**
 * Gives each event to every listener. While nothing listens (the window reloads, or is not open yet), decisions are kept for
 * the first listener, 1,000 at most. A new listener is told the present status first.
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
