import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine of the measurement, and how busy it was. */
export interface Machine {
  /** `2026-11-23`, UTC. */
  readonly measuredOn: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly kernel: string;
  /** Versions of Node and of every other program that took part: `{ Node: '24.21.0', Chromium: '156.0.8078.79' }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** The load average of the last minute at the beginning and at the end of the benchmark; 0 on Windows. */
  readonly load: { readonly before: number; readonly after: number };
}

/** Reads the machine's state now. Call the returned function when the benchmark is over. */
export function watchMachine(): (versions: Readonly<Record<string, string>>) => Machine {
  const before = loadavg()[0] ?? 0;
  return (versions) => ({
    measuredOn: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()}`,
    versions: { Node: process.versions.node, ...versions },
    load: { before: Number(before.toFixed(2)), after: Number((loadavg()[0] ?? 0).toFixed(2)) },
  });
}
