import type { Run } from './run-plan.ts';

/** Counts of what happened in the runs. A test that met no race has shown nothing. */
export interface Figures {
  runs: number;
  deliveries: number;
  accepted: number;
  steps: number;
  switches: number;
  lockWaits: number;
  /** Sendings of a command that was already decided, or was being decided by another sending. */
  replays: number;
  readonly refusals: Record<string, number>;
  /** Failed transactions by code. 40001 and 40P01 are run again; HF… are refusals of the database call. */
  readonly failures: Record<string, number>;
  readonly interleavings: Set<string>;
}

export function emptyFigures(): Figures {
  return {
    runs: 0,
    deliveries: 0,
    accepted: 0,
    steps: 0,
    switches: 0,
    lockWaits: 0,
    replays: 0,
    refusals: {},
    failures: {},
    interleavings: new Set(),
  };
}

const count = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1;
};

export function noteRun(figures: Figures, { deliveries, trace, lockWaits }: Run): void {
  const clients = trace.map((step) => step.split(' ')[0]);
  figures.runs++;
  figures.deliveries += deliveries.length;
  figures.accepted += deliveries.filter(({ result }) => result?.ok).length;
  figures.steps += trace.length;
  figures.switches += clients.filter((client, n) => n > 0 && client !== clients[n - 1]).length;
  figures.lockWaits += lockWaits;
  figures.replays += deliveries.length - new Set(deliveries.map(({ typed }) => typed.command.commandId)).size;
  figures.interleavings.add(trace.join());
  for (const { result, failures } of deliveries) {
    if (!result) count(figures.refusals, 'thrown');
    else if (!result.ok) count(figures.refusals, result.error.code);
    for (const code of failures) count(figures.failures, code);
  }
}

/** Whether the runs met everything that the model is for: waiting, transient failures, repeated sendings, refusals. */
export function hasMetRaces({ accepted, replays, lockWaits, failures, refusals }: Figures): boolean {
  const counts = [accepted, replays, lockWaits, failures['40001'], refusals['conflict'], refusals['command-reused']];
  return counts.every((times) => (times ?? 0) > 0);
}
