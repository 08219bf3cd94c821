import { z } from 'zod';

import type { DeskAnswer, DeskCall, DeskEvent } from '../../core/contract/desk/calls.ts';

/** One desk call from a page. `input` is parsed by the desk, by the schema of its call. */
export const fromPage = z.strictObject({ id: z.int().nonnegative(), call: z.string().max(40), input: z.unknown() });
export type FromPage = z.infer<typeof fromPage>;

/** What the shell sends a page: an answer to a call, a call that failed by a bug, or an event. */
export type FromShell =
  | { readonly id: number; readonly answer: DeskAnswer<DeskCall> }
  | { readonly id: number; readonly failure: string }
  | { readonly event: DeskEvent };
