import path from 'node:path';

import { root } from './run-tool.ts';
import { specsOf, type PlaywrightReport, type VitestReport } from './tally.ts';

export interface TimedTest {
  readonly title: string;
  /** From the project's root. */
  readonly file: string;
  readonly seconds: number;
}

export function timesOfVitest(report: VitestReport | undefined): TimedTest[] {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName = 'a test', duration }) => ({
      title: fullName,
      file: path.isAbsolute(name) ? path.relative(root, name) : name,
      seconds: (duration ?? 0) / 1000,
    })),
  );
}

/** A test that runs in two projects counts twice, and each title names its project. */
export function timesOfPlaywright(report: PlaywrightReport | undefined): TimedTest[] {
  return specsOf(report?.suites ?? []).flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, results }) => ({
      title: `[${projectName}] ${title}`,
      file: `tests/${file}`,
      seconds: results.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000,
    })),
  );
}

/** Lines of the summary: the ten slowest tests, slowest first; none where no test ran. */
export function describeSlowest(times: readonly TimedTest[]): string[] {
  if (times.length === 0) return [];
  const slowest = times.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
  return [
    'The slowest tests (above 10 s a comment beside the test says why):',
    ...slowest.map(({ title, file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}  ${title}`),
  ];
}
