import type { ConnectionState, DeskStatus } from '../../../core/contract/desk/status.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { DeskEvents } from '../events/page-events.ts';

export interface StatusKeeper {
  current(): DeskStatus;
  connection(state: ConnectionState): void;
  change(changed: Partial<Omit<DeskStatus, 'connection' | 'offlineSince'>>): void;
  /** The outbox is no longer as it was: counts it again. */
  outboxChanged(): void;
  close(): void;
}

export interface StatusOptions {
  readonly events: DeskEvents;
  readonly clock: DeskClock;
  readonly timers: DeskTimers;
  /** Of the outbox; nothing where it cannot be read. */
  readonly count: () => Partial<Pick<DeskStatus, 'waiting' | 'refused'>>;
  readonly first: Pick<DeskStatus, 'caughtUpAt' | 'rebuilt'>;
}

/** While commands stream out, the screen hears of them so often and not for each. */
const tellEveryMs = 50;

/** Holds the desk's status and tells its changes, the first at once and those that follow close behind it together. */
export function openStatus({ events, clock, timers, count, first }: StatusOptions): StatusKeeper {
  let status: DeskStatus = {
    connection: 'connecting',
    offlineSince: null,
    reading: null,
    mismatch: null,
    waiting: 0,
    refused: 0,
    ...first,
    ...count(),
  };
  let outboxTouched = false;
  let told = JSON.stringify(status);
  let cancel: (() => void) | null = null;

  function tell(): void {
    if (outboxTouched) {
      outboxTouched = false;
      status = { ...status, ...count() };
      events.emit({ type: 'outbox-changed' });
    }
    const text = JSON.stringify(status);
    if (text !== told) events.emit({ type: 'status', status });
    told = text;
  }

  function tellSoon(): void {
    if (cancel) return;
    tell();
    const tellTheRest = () => {
      cancel = null;
      tell();
    };
    cancel = timers.after(tellEveryMs, tellTheRest, { idle: true });
  }

  events.emit({ type: 'status', status });
  return {
    current: () => (outboxTouched ? { ...status, ...count() } : status),
    connection(state) {
      const offlineSince = state === 'offline' ? (status.offlineSince ?? clock.instant()) : null;
      status = { ...status, connection: state, offlineSince };
      // A change of the connection is never held back.
      tell();
    },
    change(changed) {
      status = { ...status, ...changed };
      tellSoon();
    },
    outboxChanged() {
      outboxTouched = true;
      tellSoon();
    },
    close() {
      cancel?.();
    },
  };
}
