import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Machine } from '../bench/report/machine.ts';
import { reportMarkdown } from '../bench/report/report-markdown.ts';
import type { TortureFigures } from './report.ts';
import { tortureReport, withFormerRuns, type TortureRun } from './torture-report.ts';

const machine: Machine = {
  measuredOn: '2031-03-03',
  cores: 2,
  cpu: 'a processor',
  memoryGiB: 8,
  kernel: 'Linux',
  versions: { Node: '24' },
  load: { before: 0, after: 2 },
};

const figures = {
  commands: 7_000,
  serverKills: 30,
  failovers: 5,
  lost: 0,
  decidedTwice: 0,
  brokenInDatabase: 0,
  notLinearizable: 0,
  notConverged: 0,
  allViolations: 0,
} as TortureFigures;

function aRun(seed: number, change: Partial<TortureRun> = {}): TortureRun {
  return {
    seconds: 300,
    seed,
    weaken: null,
    servers: 3,
    desks: 12,
    perSecond: 30,
    machine,
    figures,
    faults: { 'server killed': 30 },
    violations: [],
    ...change,
  };
}

async function keptRuns(...runs: TortureRun[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdfast-report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'torture.json');
  await writeFile(file, JSON.stringify({ figures: { runs } }));
  return file;
}

const named = (runs: readonly TortureRun[]) => runs.map(({ seconds, seed, weaken }) => weaken ?? `${seconds}/${seed}`);

test('a run joins those of other seeds, and replaces the run of its own seed and runs of another length', async () => {
  const weak = aRun(1, { seconds: 20, weaken: 'no-swap' });
  const file = await keptRuns(aRun(3), aRun(2), weak);
  expect(named(await withFormerRuns(aRun(1), file))).toEqual(['300/1', '300/2', '300/3', 'no-swap']);
  const again = await withFormerRuns(aRun(2, { perSecond: 99 }), file);
  expect(again.map(({ perSecond }) => perSecond)).toEqual([99, 30, 30]);
  expect(named(await withFormerRuns(aRun(1, { seconds: 60 }), file))).toEqual(['60/1', 'no-swap']);
  expect(named(await withFormerRuns({ ...weak, seed: 5 }, file))).toEqual(['300/2', '300/3', 'no-swap']);
  expect(named(await withFormerRuns(aRun(1), '/nowhere/torture.json'))).toEqual(['300/1']);
});

const missed = (runs: TortureRun[]) =>
  tortureReport(runs)
    .bars.filter(({ met }) => !met)
    .map(({ name }) => name);

test('three long runs in which nothing was violated meet every bar', () => {
  expect(missed([aRun(1), aRun(2), aRun(3), aRun(1, { weaken: 'no-swap', figures: { ...figures, lost: 9 } })])).toEqual(
    [],
  );
});

test('a violation misses its bar, and so does a run that is too small', () => {
  expect(missed([aRun(1), aRun(2, { figures: { ...figures, lost: 1, allViolations: 1 } }), aRun(3)])).toEqual([
    '0 acknowledged commands lost',
    '0 violations of any kind',
  ]);
  expect(missed([aRun(1), aRun(2)])).toEqual(['three runs of 300 s', 'at least 20,000 commands']);
});

test('the report shows a guarantee that was taken away without being missed', () => {
  const found = aRun(1, { weaken: 'no-swap', violations: ['lost: this one'] });
  const missing = aRun(1, { weaken: 'asynchronous-standby' });
  const text = reportMarkdown(tortureReport([aRun(1), found, missing]));
  expect(text).toContain('lost: this one');
  expect(text).toContain('**nothing was found**');
});
