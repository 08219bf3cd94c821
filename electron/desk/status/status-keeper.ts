import type { ConnectionState, DeskStatus } from '../../../core/contract/desk/status.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { DeskEvents } from '../events/page-events.ts';
import type { Signals } from '../events/signals.ts';

export interface StatusKeeper {
  current(): DeskStatus;
  change(changed: Partial<Omit<DeskStatus, 'connection' | 'offlineSince'>>): void;
  /** Counts the outbox again, and tells the page that it changed. */
  outboxChanged(): void;
  close(): void;
}

export interface StatusOptions {
  readonly signals: Signals;
  readonly events: DeskEvents;
  readonly clock: DeskClock;
  readonly timers: DeskTimers;
  /** Counts the undecided and the refused commands of the outbox. */
  readonly count: () => Pick<DeskStatus, 'waiting' | 'refused'>;
  readonly first: Pick<DeskStatus, 'caughtUpAt' | 'rebuilt'>;
  /** The outbox could not be counted. */
  readonly onFailure: (error: unknown) => void;
}

/** While many commands go out, the page hears of the outbox once in this time, not once for each command. */
const tellEveryMs = 50;

/** Holds the desk's status and tells its changes: the first at once, those that follow within 50 ms together. */
export function openStatus({ signals, events, clock, timers, count, first, onFailure }: StatusOptions): StatusKeeper {
  /** Does not throw: also a timer counts, and no caller would catch the error there. */
  function counted(): Partial<Pick<DeskStatus, 'waiting' | 'refused'>> {
    try {
      return count();
    } catch (error) {
      onFailure(error);
      return {};
    }
  }

  let status: DeskStatus = {
    connection: 'connecting',
    offlineSince: null,
    reading: null,
    mismatch: null,
    waiting: 0,
    refused: 0,
    ...first,
    ...counted(),
  };
  let outboxTouched = false;
  let told = JSON.stringify(status);
  let cancel: (() => void) | null = null;

  function tell(): void {
    if (outboxTouched) {
      outboxTouched = false;
      status = { ...status, ...counted() };
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

  function connection(state: ConnectionState): void {
    const offlineSince = state === 'offline' ? (status.offlineSince ?? clock.instant()) : null;
    status = { ...status, connection: state, offlineSince };
    // A change of the connection is never held back.
    tell();
  }

  function outboxChanged(): void {
    outboxTouched = true;
    tellSoon();
  }

  events.emit({ type: 'status', status });
  signals.on('online', () => connection('online'));
  signals.on('offline', () => connection('offline'));
  signals.on('other-history', outboxChanged);
  return {
    outboxChanged,
    current: () => (outboxTouched ? { ...status, ...counted() } : status),
    change(changed) {
      status = { ...status, ...changed };
      tellSoon();
    },
    close() {
      cancel?.();
    },
  };
}
