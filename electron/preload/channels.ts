import type { DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';

/** From the page: the name and the input of a desk call. The main process answers with a CallReply. */
export const callChannel = 'desk:call';

/** From the page, without a payload: the page listens from now on. To the page: one DeskEvent. */
export const eventChannel = 'desk:event';

/** A failure is a bug: a refusal of the desk or of the server is an answer. */
export type CallReply = { readonly answer: DeskAnswer<DeskCall> } | { readonly failure: string };
