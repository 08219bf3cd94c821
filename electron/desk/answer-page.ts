import type { DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';
import { UnknownDeskCallError } from './answer-call.ts';
import type { RunningDesk } from './open-desk.ts';

/** The desk's answer, or the failure that the page is told. `unknown`: the contract of this version has no such call. */
export type PageAnswer =
  | { readonly answer: DeskAnswer<DeskCall> }
  | { readonly failure: string; readonly unknown: boolean };

/**
 * Answers a page's call, for both shells. The log gets an error's name alone, because its message may hold what a person
 * typed.
 */
export async function answerPage(
  desk: RunningDesk,
  call: string,
  input: unknown,
  log: (line: string) => void,
): Promise<PageAnswer> {
  try {
    return { answer: await desk.answer(call, input) };
  } catch (error) {
    if (error instanceof UnknownDeskCallError) return { failure: 'no such desk call', unknown: true };
    log(`desk call ${call} failed: ${error instanceof Error ? error.name : 'not an error'}`);
    return { failure: `The desk failed at ${call}. Restart Holdfast if it happens again.`, unknown: false };
  }
}
