import type { Bar, ReportText } from './report/report.ts';

export interface BenchResult {
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  /** One line. */
  readonly summary: string;
  readonly bars: readonly Bar[];
  /** The report that --report writes into docs/benchmarks. A benchmark without it only prints. */
  readonly report?: ReportText & {
    /** The versions of the programs that took part, besides Node. */
    readonly versions: Readonly<Record<string, string>>;
    readonly figures: unknown;
  };
}

/** How a flag's text is read, and its default. */
export interface BenchFlag<T> {
  readonly default: string;
  read(name: string, text: string): T;
}

/** A benchmark with the flags that it takes. */
export interface Bench {
  readonly flags: Readonly<Record<string, BenchFlag<unknown>>>;
  run(options: Readonly<Record<string, unknown>>): Promise<BenchResult>;
}

/** Ties a benchmark to its flags, so that it gets exactly the flags that it declared. */
export function defineBench<Options extends object>(
  flags: { readonly [Name in keyof Options]: BenchFlag<Options[Name]> },
  run: (options: Options) => Promise<BenchResult>,
): Bench {
  return { flags, run: (options) => run(options as Options) };
}
