import type { Store } from '../../db/sqlite/open-store.ts';
import type { DayReader } from './days/read-days.ts';
import type { Faults } from './diagnostics/faults.ts';
import type { DeskClock } from './environment/clock.ts';
import type { DeskHooks } from './environment/hooks.ts';
import type { DeskTimers } from './environment/timers.ts';
import type { DeskTiming } from './environment/timing.ts';
import type { DeskEvents } from './events/page-events.ts';
import type { Signals } from './events/signals.ts';
import type { ClockOffset } from './line/clock-offset.ts';
import type { DeskServer } from './line/server.ts';
import type { Verdicts } from './outbox/take-verdicts.ts';
import type { PairingKeeper } from './pairing/pairing-keeper.ts';
import type { SessionKeeper } from './sessions/session-keeper.ts';
import type { StatusKeeper } from './status/status-keeper.ts';
import type { LiveSync } from './sync/live-sync.ts';
import type { OutboxPusher } from './sync/push-outbox.ts';

/** The parts of a desk that its calls work with. */
export interface DeskParts {
  readonly serverUrl: string;
  readonly deskId: string;
  readonly store: Store;
  readonly server: DeskServer;
  readonly sessions: SessionKeeper;
  readonly pairings: PairingKeeper;
  readonly live: LiveSync;
  readonly reader: DayReader;
  readonly outbox: OutboxPusher;
  readonly verdicts: Verdicts;
  readonly status: StatusKeeper;
  readonly signals: Signals;
  readonly events: DeskEvents;
  readonly clock: DeskClock;
  readonly clockOffset: ClockOffset;
  readonly timing: DeskTiming;
  readonly timers: DeskTimers;
  readonly hooks: DeskHooks;
  readonly faults: Faults;
}
