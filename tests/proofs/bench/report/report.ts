import type { TopLevelSpec } from 'vega-lite';

import type { Machine } from './machine.ts';

/** What a benchmark promised, the result, and whether the result is enough. */
export interface Bar {
  readonly name: string;
  /** The result with its unit, as a person reads it: `1.8 ×`, `6.2 ms`. */
  readonly measured: string;
  readonly met: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  /** One cell for each column. Numbers are aligned to the right and written unchanged, so round them first. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Plot {
  /** Part of the file's name: `mount` gives `calendar-mount.svg`. */
  readonly name: string;
  /** The content of the picture in words, for people who cannot see it. */
  readonly alt: string;
  /** Data and marks alone. `writeReport` adds colours, fonts and background. */
  readonly spec: TopLevelSpec;
}

export interface Section {
  readonly heading: string;
  /** Markdown. */
  readonly text?: string;
  readonly table?: Table;
  readonly plots?: readonly Plot[];
}

/** What a benchmark says about itself. The caller adds `bars`, `machine` and `figures`. */
export interface ReportText {
  readonly title: string;
  /** Markdown: what was measured, how often, and with what. */
  readonly intro: string;
  readonly sections: readonly Section[];
  /** Markdown, one bullet for each. */
  readonly notes: readonly string[];
}

export interface Report extends ReportText {
  /** The name of the files: docs/benchmarks/NAME.md. */
  readonly name: string;
  /** The command that repeats the measurement. */
  readonly command: string;
  readonly bars: readonly Bar[];
  readonly machine: Machine;
  /** The raw measurements, for NAME.json. */
  readonly figures: unknown;
}
