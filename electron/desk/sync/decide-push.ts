import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { Reply } from '../line/reply.ts';

/** What a push led to. `afterMs` null: the desk chooses by its back-off. */
export type PushResult =
  | { readonly kind: 'decided'; readonly decision: Decision }
  /** Nothing can be decided now: everything waits. */
  | { readonly kind: 'pause'; readonly afterMs: number | null }
  /** The server stumbles over this one, or does not take it yet: what acts on the same thing waits, the rest goes on. */
  | { readonly kind: 'set-aside' }
  | { readonly kind: 'signed-out' };

/** Only a verdict on the command itself takes it out of the outbox; whatever leaves doubt is asked again by its id. */
export function decidePush(reply: Reply<Outcome>): PushResult {
  switch (reply.kind) {
    case 'answer':
      return { kind: 'decided', decision: { kind: 'done', outcome: reply.value } };
    case 'unreachable':
      return { kind: 'pause', afterMs: null };
    case 'unintelligible':
      return { kind: 'set-aside' };
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
    // Desk or server is going to be updated; until then nothing is decided, and nothing is lost.
    case 'protocol-mismatch':
      return { kind: 'set-aside' };
    default:
      return { kind: 'decided', decision: { kind: 'refused', problem } };
  }
}
