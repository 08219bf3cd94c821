import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../../core/contract/problem.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import type { ProblemCode } from '../../../core/primitives/problem-codes.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { ClockOffset } from '../line/clock-offset.ts';
import type { DeskServer } from '../line/server.ts';
import { deskProblem } from '../problems/problem.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadCommand } from '../store/outbox.ts';
import { decidePush } from '../sync/decide-push.ts';
import { pushCommand } from '../sync/push-command.ts';
import { withClockOffset } from '../sync/with-clock-offset.ts';
import type { Verdicts } from './take-verdicts.ts';

/** What an explained refusal is made with. */
export interface ExplainParts {
  readonly store: Store;
  readonly server: DeskServer;
  readonly status: StatusKeeper;
  readonly verdicts: Verdicts;
  readonly clockOffset: ClockOffset;
}

/** The problems that the server stores as a verdict. After any other problem it would decide the same command anew. */
const keptVerdicts: readonly ProblemCode[] = ['conflict', 'stale-version', 'status-conflict', 'refused', 'not-found'];

/**
 * Asks the server once more for its verdict on a command: the verdict stays, its alternatives are fresh. Gives the refusal as it
 * came while the server is silent, and for a problem that is no verdict. Refuses with `not-found`.
 */
export async function explainRefusal(
  { store, server, status, verdicts, clockOffset }: ExplainParts,
  commandId: string,
): Promise<Result<Decision, DeskProblem>> {
  const stored = loadCommand(store, commandId);
  if (!stored) return refused(deskProblem('not-found', 'This command is not in the outbox of this desk.', null));
  const { problem, typed } = stored;
  const asItCame: Decision = problem ? { kind: 'refused', problem } : { kind: 'waiting' };
  const isKept = problem === null || keptVerdicts.includes(problem.code);
  if (!isKept || status.current().connection === 'offline') return ok(asItCame);
  // The server may decide the command only now: it waits still, or a restored server has lost the verdict. So the command is
  // sent as the outbox sends it, with the clock's offset; the body's hash leaves that out, and the command stays the same.
  const sent = withClockOffset(typed, { store, clockOffset });
  const result = decidePush(await server.ask((client, options) => pushCommand(client, sent, options)));
  if (result.kind !== 'decided') return ok(asItCame);
  // A restored server may have another verdict by now; the new one counts.
  const isOther = problem !== null && result.decision.kind === 'done';
  return ok(isOther ? await verdicts.take(typed, result.decision) : result.decision);
}
