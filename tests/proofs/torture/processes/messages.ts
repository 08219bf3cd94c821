import type { DeskAnswer, DeskCall, DeskEvent } from '../../../../core/contract/desk/calls.ts';
import type { DeskHookPoint } from '../../../../electron/desk/environment/hooks.ts';

/** The hook point at which a process kills itself, at its n-th pass, counted from 1. */
export interface Death<Point> {
  readonly at: Point;
  readonly time: number;
}

/** The options of a desk's process, passed as JSON. */
export interface DeskStart {
  readonly serverUrl: string;
  readonly dataDir: string;
  readonly dies?: Death<DeskHookPoint> | undefined;
  readonly pairingCode?: string | undefined;
}

/** The messages to and from a desk's process. Moments are milliseconds of the machine's monotonic clock. */
export interface ToDesk {
  readonly call: DeskCall;
  readonly input: unknown;
  readonly number: number;
}

export type FromDesk =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly number: number; readonly at: number; readonly answer: DeskAnswer<DeskCall> }
  | { readonly kind: 'event'; readonly at: number; readonly event: DeskEvent };

/** The same clock in every process of the machine: CLOCK_MONOTONIC (node:process hrtime). */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
