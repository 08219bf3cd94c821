import type { DeskAnswer, DeskCall } from '../../core/contract/desk/calls.ts';

/** The page asks for a desk call: its name and its input. Answered by a CallReply. */
export const callChannel = 'desk:call';

/** From the page, without a payload: it listens from now on. To the page: one DeskEvent. */
export const eventChannel = 'desk:event';

/** A failure is a bug: whatever the desk or the server refuses is an answer. */
export type CallReply = { readonly answer: DeskAnswer<DeskCall> } | { readonly failure: string };
