import type { DeskClock } from '../environment/clock.ts';

export interface Fault {
  readonly at: string;
  readonly where: string;
  /** The name or the code of an error, never its message, which may hold what a person typed. */
  readonly what: string;
}

export interface Faults {
  note(where: string, error: unknown): void;
  list(): readonly Fault[];
}

const maxKept = 50;

/** Keeps the latest 50 faults for which no call waited. The diagnostics show them to support. */
export function openFaults(clock: DeskClock): Faults {
  let faults: Fault[] = [];
  return {
    note(where, error) {
      faults = [...faults, { at: clock.instant(), where, what: whatOf(error) }].slice(-maxKept);
    },
    list: () => faults,
  };
}

function whatOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return 'not an error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
