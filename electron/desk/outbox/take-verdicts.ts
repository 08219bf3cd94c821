import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskEvents } from '../events/page-events.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadCommand, loadUndoOf, markWithdrawn, type StoredCommand } from '../store/outbox.ts';
import { inTransaction } from '../store/prepared.ts';
import type { LiveSync } from '../sync/live-sync.ts';
import { settleDone, settleRefused, type CalendarEffect } from './settle.ts';
import { tookBack } from './withdraw.ts';

export interface VerdictOptions {
  readonly store: Store;
  readonly events: DeskEvents;
  readonly status: StatusKeeper;
  readonly clock: DeskClock;
  readonly hooks: DeskHooks;
  readonly live: LiveSync;
  readonly onStale: () => void;
  /** Tells those who wait for the decision on this command. */
  readonly onDecided: (commandId: string, decision: Decision) => void;
}

export interface Verdicts {
  /** Stores the server's verdict on a command of the outbox, then tells the page. */
  take(typed: TypedCommand, decision: Decision): Promise<Decision>;
}

export function openVerdicts({
  store,
  events,
  status,
  clock,
  hooks,
  live,
  onStale,
  onDecided,
}: VerdictOptions): Verdicts {
  function tellTakenBack({ typed: { type, command } }: StoredCommand): void {
    const decision = tookBack(command.commandId);
    events.emit({ type: 'decided', commandId: command.commandId, commandType: type, decision });
    onDecided(command.commandId, decision);
  }

  return {
    async take({ type, command: { commandId } }, decision) {
      const stored = loadCommand(store, commandId);
      if (!stored || decision.kind === 'waiting') return decision;
      const decidedAt = clock.instant();
      const undo = decision.kind === 'refused' ? loadUndoOf(store, stored.orgId, commandId) : null;
      const effect: CalendarEffect = inTransaction(store, () => {
        if (decision.kind === 'done') return settleDone(store, stored, decision.outcome, { decidedAt });
        // The undo waits for a command that was refused: nothing is left to take back.
        if (undo) markWithdrawn(store, [undo.typed.command.commandId], decidedAt);
        const resolution = undo ? 'undone' : null;
        return settleRefused(store, stored, decision.problem, { decidedAt, resolution });
      });
      await hooks.settled?.();
      events.emit({ type: 'decided', commandId, commandType: type, decision });
      if (undo) tellTakenBack(undo);
      live.tellDays(effect.touched);
      status.outboxChanged();
      if (effect.wentStale) onStale();
      return decision;
    },
  };
}
