import type { Changes } from '../../../core/contract/calendar.ts';
import type { Reply } from '../server/reply.ts';
import { backOffMs, type BackOff } from './back-off.ts';

export interface ChangePullerOptions {
  readonly loadCursor: () => string;
  readonly writeCursor: (cursor: string) => void;
  readonly pull: (cursor: string) => Promise<Reply<Changes>>;
  readonly onChanges: (changes: Changes) => void;
  /** How soon to ask again while rows are withheld. */
  readonly withheldBackOff: BackOff;
  readonly random: () => number;
}

export interface ChangePuller {
  /** Asks for what is new. While a pull is under way, one more follows it. Says whether the server answered. */
  pull(): Promise<boolean>;
  close(): void;
}

/** The server may cut a long answer short: after one of this length there may be more. */
const longAnswer = 100;

/**
 * Reads the change feed from the cursor that is kept. Without one it asks with an empty cursor, which the server answers
 * with `reset`: read everything anew.
 */
export function openChangePuller(options: ChangePullerOptions): ChangePuller {
  const { loadCursor, writeCursor, onChanges, withheldBackOff, random } = options;
  let running: Promise<boolean> | null = null;
  let again = false;
  let withheldTimer: NodeJS.Timeout | null = null;
  let timesWithheld = 0;
  let closed = false;

  const mustGoOn = () => again && !closed;

  async function pullUntilCaughtUp(): Promise<boolean> {
    let answered = true;
    while (mustGoOn()) {
      again = false;
      const reply = await options.pull(loadCursor());
      if (closed) break;
      answered = reply.kind === 'answer';
      if (reply.kind === 'answer') take(reply.value);
    }
    running = null;
    return answered;
  }

  function take(changes: Changes): void {
    writeCursor(changes.cursor);
    if (changes.reset || changes.changes.length > 0) onChanges(changes);
    if (changes.changes.length >= longAnswer) again = true;
    timesWithheld = changes.withheld ? timesWithheld + 1 : 0;
    if (changes.withheld) {
      withheldTimer ??= setTimeout(
        () => {
          withheldTimer = null;
          void pull();
        },
        backOffMs(withheldBackOff, timesWithheld - 1, random()),
      );
    }
  }

  function pull(): Promise<boolean> {
    again = true;
    running ??= pullUntilCaughtUp();
    return running;
  }

  return {
    pull,
    close() {
      closed = true;
      if (withheldTimer) clearTimeout(withheldTimer);
    },
  };
}
