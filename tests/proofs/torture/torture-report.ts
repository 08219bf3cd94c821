import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Machine } from '../bench/report/machine.ts';
import type { Bar, Report, Section } from '../bench/report/report.ts';
import type { FaultCounts } from './faults/inflict-faults.ts';
import type { TortureFigures } from './report.ts';

/** One run, as docs/benchmarks/torture.json keeps it. */
export interface TortureRun {
  readonly seconds: number;
  readonly seed: number;
  /** The guarantee that was taken away, if any. */
  readonly weaken: string | null;
  readonly servers: number;
  readonly desks: number;
  readonly perSecond: number;
  readonly machine: Machine;
  readonly figures: TortureFigures;
  readonly faults: FaultCounts;
  /** The first violations, in words. */
  readonly violations: readonly string[];
}

const name = 'torture';
const kept = path.resolve(import.meta.dirname, '../../../docs/benchmarks', `${name}.json`);

/** Adds a run to those of the last report. It replaces the run of the same seed, and whole runs of another length. */
export async function withFormerRuns(run: TortureRun, file = kept): Promise<TortureRun[]> {
  const text = await readFile(file, 'utf8').catch(() => null);
  const former = text === null ? [] : (JSON.parse(text) as { figures: { runs: TortureRun[] } }).figures.runs;
  const stays = (other: TortureRun) =>
    run.weaken === null && other.weaken === null
      ? other.seconds === run.seconds && other.seed !== run.seed
      : other.weaken !== run.weaken;
  return [...former.filter(stays), run].toSorted(
    (a, b) => (a.weaken ?? '').localeCompare(b.weaken ?? '') || a.seed - b.seed,
  );
}

const number = (value: number) => value.toLocaleString('en');

/** The report: each bar and its result, with the machine as it was in the last whole run. */
export function tortureReport(runs: readonly TortureRun[]): Report {
  const whole = runs.filter(({ weaken }) => weaken === null);
  const weakened = runs.filter(({ weaken }) => weaken !== null);
  const [first] = whole;
  return {
    name,
    title: 'Torture',
    command: `npm run torture -- --seconds ${first?.seconds ?? 300} --seed ${whole.map(({ seed }) => seed).join(', then ')} --report`,
    bars: barsOf(whole),
    machine: (whole.at(-1) ?? runs[0]!).machine,
    figures: { runs },
    intro: [
      `Real processes: ${first?.servers} sync servers, ${first?.desks} desks (half of them paired, half under their person's session), a PostgreSQL primary`,
      'with a synchronous standby, both with fsync, and a TCP proxy in each link. Servers and desks get SIGKILL, links are cut, frozen,',
      'slowed, half-closed or made deaf, the primary is killed or cut off and its standby promoted, while every desk goes on booking, moving,',
      'cancelling, checking in and undoing, mostly on the same slots. At the end nothing goes wrong any more; then everything that the desks',
      'were asked and said is held against the database by SQL of its own, every slot is judged for linearizability, and every day of',
      'every desk is compared with the database.',
    ].join(' '),
    sections: [runSection(whole), faultSection(whole), weakSection(weakened)].filter((section) => section !== null),
    notes: [
      '**Acknowledged**, **refused**: what a desk said first. A command may be refused on the desk itself while it has no server; it was never taken then.',
      '**Waited**: first told as saved here, and decided later. **Never told**: the desk was killed before it answered; the command may have been done.',
      'The seed draws what people do and what goes wrong with whom; what that hits at its moment is up to the machine.',
    ],
  };
}

const sum = (runs: readonly TortureRun[], of: (figures: TortureFigures) => number) =>
  runs.reduce((all, { figures }) => all + of(figures), 0);

function barsOf(runs: readonly TortureRun[]): Bar[] {
  const none = (what: string, of: (figures: TortureFigures) => number): Bar => {
    const found = sum(runs, of);
    return { name: what, measured: String(found), met: found === 0 };
  };
  const least = (count: number, what: string, of: (figures: TortureFigures) => number): Bar => {
    const found = sum(runs, of);
    return { name: `at least ${number(count)} ${what}`, measured: number(found), met: found >= count };
  };
  return [
    { name: 'three runs of 300 s', measured: runs.map(({ seconds }) => `${seconds} s`).join(', '), met: areLong(runs) },
    none('0 acknowledged commands lost', ({ lost }) => lost),
    none('0 decided twice', ({ decidedTwice }) => decidedTwice),
    none('0 double bookings, and no other promise broken in the database', (figures) => figures.brokenInDatabase),
    none('0 slots whose history could not have happened one after the other', (figures) => figures.notLinearizable),
    none('all desks converged: 0 differences', ({ notConverged }) => notConverged),
    none('0 violations of any kind', ({ allViolations }) => allViolations),
    least(20, 'server kills', ({ serverKills }) => serverKills),
    least(2, 'primary failovers', ({ failovers }) => failovers),
    least(20_000, 'commands', ({ commands }) => commands),
  ];
}

const areLong = (runs: readonly TortureRun[]) => runs.filter(({ seconds }) => seconds >= 300).length >= 3;

/** A row for each figure, a column for each run. */
function runSection(runs: readonly TortureRun[]): Section {
  const rows = Object.keys(runs[0]?.figures ?? {}).map((figure) => [
    figure.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`),
    ...runs.map(({ figures }) => figures[figure as keyof TortureFigures]),
  ]);
  const loads = (['before', 'after'] as const).map((when) => [
    `load average ${when}`,
    ...runs.map(({ machine }) => machine.load[when]),
  ]);
  rows.push(...loads);
  return { heading: 'The runs', table: { columns: ['', ...runs.map(({ seed }) => `seed ${seed}`)], rows } };
}

function faultSection(runs: readonly TortureRun[]): Section {
  const kinds = [...new Set(runs.flatMap(({ faults }) => Object.keys(faults)))].toSorted();
  return {
    heading: 'What went wrong',
    table: {
      columns: ['', ...runs.map(({ seed }) => `seed ${seed}`)],
      rows: kinds.map((kind) => [kind, ...runs.map(({ faults }) => faults[kind] ?? 0)]),
    },
  };
}

function weakSection(runs: readonly TortureRun[]): Section | null {
  if (runs.length === 0) return null;
  return {
    heading: 'It can fail',
    text: 'The same with a guarantee taken away (`--weaken NAME`): it must be found.',
    table: {
      columns: ['without', 'seconds', 'commands', 'violations', 'the first'],
      rows: runs.map(({ weaken, seconds, figures, violations }) => [
        weaken ?? '',
        seconds,
        figures.commands,
        figures.allViolations,
        violations[0] ?? '**nothing was found**',
      ]),
    },
  };
}
