import type { Desk, DeskCall, DeskInput, DeskOutput } from '../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';

declare global {
  interface Window {
    /** Put there by the shell before the page's own script runs. */
    readonly desk?: Desk;
  }
}

/** A call that the server or the desk refused. Its message holds the code alone: problems may name patients. */
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

/** The call's value; throws ProblemError where it was refused. */
export async function ask<C extends DeskCall>(call: C, input: DeskInput<C>): Promise<DeskOutput<C>> {
  const answer = await requireDesk().call(call, input);
  if (!answer.ok) throw new ProblemError(answer.problem);
  return answer.value;
}

export function problemOf(error: unknown): DeskProblem | null {
  return error instanceof ProblemError ? error.problem : null;
}
