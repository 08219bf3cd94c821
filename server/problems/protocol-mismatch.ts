import type { Problem } from '../../core/contract/problem.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { problem, ProblemError } from './problems.ts';

/** What a desk of a protocol that does not do here is told: which of the two is the older. */
export function protocolMismatch(desk: number): Problem {
  const update = desk < protocol ? 'desk' : 'server';
  return problem(
    'protocol-mismatch',
    `The server speaks protocol ${protocol}, this desk ${desk}. Update the ${update}; nothing is lost until then.`,
    { server: protocol, desk, update },
  );
}

/** Throws it for whoever would not understand what it is sent. Who names no protocol is no desk of ours, and may read. */
export function mustSpeakOurs(spoken: number | undefined): void {
  if (spoken !== undefined && spoken !== protocol) throw new ProblemError(protocolMismatch(spoken));
}
