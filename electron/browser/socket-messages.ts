import { z } from 'zod';

import type { DeskAnswer, DeskCall, DeskEvent } from '../../core/contract/desk/calls.ts';

/** One desk call from a page. The desk parses `input` by the schema of the call. */
export const fromPage = z.strictObject({ id: z.int().nonnegative(), call: z.string().max(40), input: z.unknown() });
export type FromPage = z.infer<typeof fromPage>;

/** A message from the shell to a page: the answer to a call, the failure of a call by a bug, or an event. */
export type FromShell =
  | { readonly id: number; readonly answer: DeskAnswer<DeskCall> }
  | { readonly id: number; readonly failure: string }
  | { readonly event: DeskEvent };
