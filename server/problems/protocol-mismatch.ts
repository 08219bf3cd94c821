import type { Problem } from '../../core/contract/problem.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { problem, ProblemError } from './problems.ts';

/** The problem for a desk of another protocol. `update` names the older of the two. */
export function protocolMismatch(desk: number): Problem {
  const update = desk < protocol ? 'desk' : 'server';
  return problem(
    'protocol-mismatch',
    `The server speaks protocol ${protocol}, this desk ${desk}. Update the ${update}; nothing is lost until then.`,
    { server: protocol, desk, update },
  );
}

/** Throws the 409 for a desk of another protocol, which could not read the answer. A caller that names none is no desk. */
export function mustSpeakOurs(spoken: number | undefined): void {
  if (spoken !== undefined && spoken !== protocol) throw new ProblemError(protocolMismatch(spoken));
}
