import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import type { Reply } from '../line/reply.ts';

/** What the answer to a push means. `afterMs` null: the desk waits by its back-off. */
export type PushResult =
  | { readonly kind: 'decided'; readonly decision: Decision }
  /** The server can decide nothing now: every command waits. */
  | { readonly kind: 'pause'; readonly afterMs: number | null }
  /**
   * The server stumbles over this command, or does not take it yet: the command's lane waits, the other lanes go on. `problem`:
   * what the server says where it stumbled; null where an update of the desk or the server will let it decide.
   */
  | { readonly kind: 'set-aside'; readonly problem: Problem | null }
  | { readonly kind: 'signed-out' };

/**
 * Reads the answer to a push. Only a verdict on the command decides it; after any other answer it is pushed again under its
 * id.
 */
export function decidePush(reply: Reply<Outcome>): PushResult {
  switch (reply.kind) {
    case 'answer':
      return { kind: 'decided', decision: { kind: 'done', outcome: reply.value } };
    case 'unreachable':
      return { kind: 'pause', afterMs: null };
    case 'unintelligible':
      return { kind: 'set-aside', problem: null };
    case 'problem':
      break;
  }
  const { problem, retryAfterMs } = reply;
  switch (problem.code) {
    case 'unauthenticated':
      return { kind: 'signed-out' };
    case 'busy':
    case 'too-many-requests':
    case 'timeout':
      return { kind: 'pause', afterMs: retryAfterMs };
    case 'internal':
      return { kind: 'set-aside', problem };
    // Until the desk or the server is updated, nothing is decided, and nothing is lost.
    case 'protocol-mismatch':
      return { kind: 'set-aside', problem: null };
    default:
      return { kind: 'decided', decision: { kind: 'refused', problem } };
  }
}
