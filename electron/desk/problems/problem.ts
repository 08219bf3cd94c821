import { problems, type DeskProblem } from '../../../core/contract/problem.ts';
import type { Permission } from '../../../core/domain/people/permissions.ts';
import { deskProblemCodes } from '../../../core/primitives/problem-codes.ts';

type Code = DeskProblem['code'];
type ProblemOf<C extends Code> = Extract<DeskProblem, { code: C }>;

/** Makes a problem that the desk itself finds, in the shape of the server's problems (RFC 9457). `detail` says what to do. */
export function deskProblem<C extends Code>(code: C, detail: string, data: ProblemOf<C>['data']): ProblemOf<C> {
  const { status, title } = { ...problems, ...deskProblemCodes }[code];
  // TypeScript does not see that indexing by C and extracting by C give the same member of the union.
  return {
    type: `https://holdfast.example/problems/${code}`,
    status,
    title,
    detail,
    code,
    data,
  } as unknown as ProblemOf<C>;
}

export const unreachable = (): DeskProblem =>
  deskProblem('unreachable', 'The server does not answer. Check the network; nothing that you did is lost.', null);

export const signInFirst = (): DeskProblem =>
  deskProblem('unauthenticated', 'Sign in to go on. Commands that still wait are kept and sent after you did.', null);

export const notAllowed = (permission: Permission): DeskProblem =>
  deskProblem('forbidden', `This needs the permission ${permission}. Somebody who has it can sign in and do it.`, null);

export const unintelligible = (): DeskProblem =>
  deskProblem(
    'internal',
    "The server's answer could not be understood. This desk and the server may be of different versions: update both.",
    null,
  );

export const notKept = (): DeskProblem =>
  deskProblem('not-kept', 'This day is not kept on this desk. It can be read when the server answers again.', null);
