import type { DeskAnswer, DeskCall, DeskEvent } from '../../../../core/contract/desk/calls.ts';
import type { DeskHookPoint } from '../../../../electron/desk/environment/hooks.ts';

/** The hook's point at which a process kills itself, when it comes there for the n-th time, from 1. */
export interface Death<Point> {
  readonly at: Point;
  readonly time: number;
}

/** What a desk's process is started with, as JSON. */
export interface DeskStart {
  readonly serverUrl: string;
  readonly dataDir: string;
  readonly dies?: Death<DeskHookPoint> | undefined;
  readonly pairingCode?: string | undefined;
}

/** What a desk's process is told, and says. Moments are milliseconds of the machine's monotonic clock. */
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
