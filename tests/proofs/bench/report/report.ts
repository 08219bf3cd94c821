import type { TopLevelSpec } from 'vega-lite';

import type { Machine } from './machine.ts';

/** What a benchmark promised, what came out, and whether that is enough. */
export interface Bar {
  readonly name: string;
  /** With its unit, as it is read: `1.8 ×`, `6.2 ms`. */
  readonly measured: string;
  readonly met: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  /** One cell per column. Numbers stand at the right, and are written as they are: round them first. */
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Plot {
  /** Part of the file's name: `mount` gives `calendar-mount.svg`. */
  readonly name: string;
  /** What the picture says, for who cannot see it. */
  readonly alt: string;
  /** Data and marks alone: colours, fonts and ground come from the writer. */
  readonly spec: TopLevelSpec;
}

export interface Section {
  readonly heading: string;
  /** Markdown. */
  readonly text?: string;
  readonly table?: Table;
  readonly plots?: readonly Plot[];
}

/** What a benchmark says of itself; `bars`, `machine` and `figures` are added by who ran it. */
export interface ReportText {
  readonly title: string;
  /** Markdown: what was done, how often, and with what. */
  readonly intro: string;
  readonly sections: readonly Section[];
  /** Markdown, one point each. */
  readonly notes: readonly string[];
}

export interface Report extends ReportText {
  /** Of the files: docs/benchmarks/NAME.md. */
  readonly name: string;
  /** The command that gives these figures again. */
  readonly command: string;
  readonly bars: readonly Bar[];
  readonly machine: Machine;
  /** The measurements as they came, for NAME.json. */
  readonly figures: unknown;
}
