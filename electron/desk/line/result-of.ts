import type { DeskProblem } from '../../../core/contract/problem.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import { unintelligible, unreachable } from '../problems/problem.ts';
import type { Reply } from './reply.ts';

/** Turns the end of a request into what the person is told. */
export function resultOf<T>(reply: Reply<T>): Result<T, DeskProblem> {
  switch (reply.kind) {
    case 'answer':
      return ok(reply.value);
    case 'problem':
      return refused(reply.problem);
    case 'unreachable':
      return refused(unreachable());
    case 'unintelligible':
      return refused(unintelligible());
  }
}
