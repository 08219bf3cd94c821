import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { ClockOffset } from '../line/clock-offset.ts';
import type { DeskServer } from '../line/server.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { pushCommand } from './push-command.ts';
import type { OutboxPusherOptions } from './push-outbox.ts';
import { withClockOffset } from './with-clock-offset.ts';

export interface PushOptions {
  readonly store: Store;
  readonly server: DeskServer;
  readonly status: StatusKeeper;
  readonly hooks: DeskHooks;
  readonly clockOffset: Pick<ClockOffset, 'current'>;
  /** Keeps for the diagnostics that the server stumbled over a command of this type. */
  readonly noteFault: (where: string, what: string) => void;
}

/** Sends one command of the outbox to the server, and tells the status and the diagnostics what stood in the way. */
export function pushToServer({
  store,
  server,
  status,
  hooks,
  clockOffset,
  noteFault,
}: PushOptions): OutboxPusherOptions['push'] {
  return async (typed) => {
    const sent = withClockOffset(typed, { store, clockOffset });
    const reply = await server.ask((client, callOptions) => pushCommand(client, sent, callOptions));
    await hooks.answered?.();
    if (reply.kind === 'problem' && reply.problem.code === 'protocol-mismatch') {
      status.change({ mismatch: reply.problem.data });
    }
    if (reply.kind === 'unintelligible' || (reply.kind === 'problem' && reply.problem.code === 'internal')) {
      noteFault(`push ${typed.type}`, reply.kind);
    }
    return reply;
  };
}
