import type { Desk, DeskCall, DeskInput, DeskOutput } from '../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';

declare global {
  interface Window {
    /** The shell puts the desk here before the page's own script runs. */
    readonly desk?: Desk;
  }
}

/** A call that the server or the desk refused. The message holds the code alone, because problems may name patients. */
export class ProblemError extends Error {
  readonly problem: DeskProblem;

  constructor(problem: DeskProblem) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Only renderer/api touches `window.desk`. */
export function requireDesk(): Desk {
  if (!window.desk) throw new Error('This page was opened without a desk: start it with npm start.');
  return window.desk;
}

/** Returns the call's value, or throws ProblemError where the desk refused the call. */
export async function ask<C extends DeskCall>(call: C, input: DeskInput<C>): Promise<DeskOutput<C>> {
  const answer = await requireDesk().call(call, input);
  if (!answer.ok) throw new ProblemError(answer.problem);
  return answer.value;
}

export function problemOf(error: unknown): DeskProblem | null {
  return error instanceof ProblemError ? error.problem : null;
}
