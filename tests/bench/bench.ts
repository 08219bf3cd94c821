/** How long and how hard. */
export interface BenchOptions {
  readonly rounds: number;
  /** Of each arm in each round. */
  readonly seconds: number;
  readonly clients: number;
  readonly seed: number;
}

export interface BenchResult {
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  /** One line. */
  readonly summary: string;
  readonly bars: readonly { readonly name: string; readonly met: boolean }[];
}
