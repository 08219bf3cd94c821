import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../../core/contract/problem.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import type { ProblemCode } from '../../../core/primitives/problem-codes.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskServer } from '../line/server.ts';
import { deskProblem } from '../problems/problem.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import { loadCommand } from '../store/outbox.ts';
import { decidePush } from '../sync/decide-push.ts';
import { pushCommand } from '../sync/push-command.ts';
import type { Verdicts } from './take-verdicts.ts';

/** What an explained refusal is made with. */
export interface ExplainParts {
  readonly store: Store;
  readonly server: DeskServer;
  readonly status: StatusKeeper;
  readonly verdicts: Verdicts;
}

/** What the server keeps under the command's id. Whatever else it refused, it would decide anew if it were asked again. */
const keptVerdicts: readonly ProblemCode[] = ['conflict', 'stale-version', 'status-conflict', 'refused', 'not-found'];

/**
 * Asks the server for its verdict once more, which stays what it is; alternatives in it are fresh. While it is silent, and
 * for what it does not keep, the refusal as it came.
 */
export async function explainRefusal(
  { store, server, status, verdicts }: ExplainParts,
  commandId: string,
): Promise<Result<Decision, DeskProblem>> {
  const stored = loadCommand(store, commandId);
  if (!stored) return refused(deskProblem('not-found', 'This command is not in the outbox of this desk.', null));
  const { problem, typed } = stored;
  const asItCame: Decision = problem ? { kind: 'refused', problem } : { kind: 'waiting' };
  const isKept = problem === null || keptVerdicts.includes(problem.code);
  if (!isKept || status.current().connection === 'offline') return ok(asItCame);
  const result = decidePush(await server.ask((client, options) => pushCommand(client, typed, options)));
  if (result.kind !== 'decided') return ok(asItCame);
  // A server that was restored may know another verdict by now: it counts.
  const isOther = problem !== null && result.decision.kind === 'done';
  return ok(isOther ? await verdicts.take(typed, result.decision) : result.decision);
}
