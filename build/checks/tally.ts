import { stripVTControlCharacters } from 'node:util';

import { findElectronProgram } from '../desk/electron-binary.ts';
import { findFullPostgres } from './full-postgres.ts';

/** The result of one check or suite. `notes` are lines for the summary: what failed, what was skipped. */
export interface Tally {
  passed: number;
  failed: number;
  notes: string[];
}

export const passOrFail = (passed: boolean, note: string): Tally => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  notes: passed ? [] : [note],
});

/** The parts of vitest's JSON report that the summary reads. */
export interface VitestReport {
  testResults: {
    name: string;
    status: string;
    assertionResults: {
      status: string;
      fullName?: string;
      failureMessages?: string[];
      /** In milliseconds; null where the test did not run. */
      duration?: number | null;
    }[];
  }[];
}

/** The parts of Playwright's JSON report that the summary reads. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites?: PlaywrightSuite[];
}

export interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: PlaywrightSpec[];
}

interface PlaywrightSpec {
  title: string;
  /** From the folder `tests`. */
  file: string;
  line: number;
  /** One for each project. */
  tests: {
    projectName: string;
    status: string;
    results: { errors: { message?: string }[]; /** In milliseconds. */ duration?: number }[];
  }[];
}

/** The summary may be all that a person sees of a run, so each failure says what went wrong; its stack stays out. */
const maxLinesOfFailure = 12;

function notesOfFailure(title: string, messages: readonly (string | undefined)[]): string[] {
  const lines = messages
    .flatMap((message) => stripVTControlCharacters(message ?? '').split('\n'))
    .filter((line) => line.trim() !== '');
  return [title, ...lines.slice(0, maxLinesOfFailure).map((line) => `  ${line}`)];
}

export function specsOf(suites: readonly PlaywrightSuite[]): PlaywrightSpec[] {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);
}

function failuresOf(suites: readonly PlaywrightSuite[]): string[] {
  return specsOf(suites).flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .flatMap(({ projectName, results }) =>
        notesOfFailure(
          `[${projectName}] ${file}:${line} ${title}`,
          results.flatMap(({ errors }) => errors.map(({ message }) => message)),
        ),
      ),
  );
}

/** The projects of vitest.config.ts, each with the suffix of its files. `.test.ts` comes last, because it matches every file. */
const suites = [
  ['pg', '.pg.test.ts'],
  ['sqlite', '.sqlite.test.ts'],
  ['unit', '.test.ts'],
] as const;

/**
 * Counts tests. Each of these counts as one failure more: a file that failed outside its tests (an import, a hook, a leak),
 * a suite without a single test that ran, and an exit code that reports a failure which no test explains.
 */
export function tallyVitest(report: VitestReport | undefined, exitCode: number): Tally {
  if (report === undefined) return { passed: 0, failed: 1, notes: ['vitest wrote no report'] };
  const tally: Tally = { passed: 0, failed: 0, notes: [] };
  const ran = new Map<string, number>();
  for (const file of report.testResults) {
    const count = (status: string) => file.assertionResults.filter((test) => test.status === status).length;
    const [passed, failed] = [count('passed'), count('failed')];
    const left = file.assertionResults.length - passed - failed;
    tally.passed += passed;
    tally.failed += failed;
    if (failed > 0) tally.notes.push(`${file.name}: ${failed} failed`);
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === 'failed') tally.notes.push(...notesOfFailure(fullName ?? 'a test', failureMessages ?? []));
    }
    if (left > 0) tally.notes.push(`${file.name}: ${left} skipped`);
    if (file.status === 'failed' && failed === 0) {
      tally.failed += 1;
      tally.notes.push(`${file.name}: failed outside its tests`);
    }
    const suite = suites.find(([, suffix]) => file.name.endsWith(suffix))?.[0] ?? 'unit';
    ran.set(suite, (ran.get(suite) ?? 0) + passed + failed);
  }
  for (const [suite] of suites) {
    if ((ran.get(suite) ?? 0) > 0) continue;
    tally.failed += 1;
    tally.notes.push(`the suite "${suite}" ran no test`);
  }
  return failWhenSilent(tally, exitCode, 'vitest');
}

/** Counts as `tallyVitest` does. A flaky test counts as failed, because a race must not pass on a second try. */
export function tallyPlaywright(report: PlaywrightReport | undefined, exitCode: number): Tally {
  if (report === undefined) return { passed: 0, failed: 1, notes: ['playwright wrote no report'] };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const tally: Tally = { passed: expected, failed: unexpected + flaky + report.errors.length, notes: [] };
  if (tally.failed > 0) tally.notes.push(`${tally.failed} failed`);
  tally.notes.push(...failuresOf(report.suites ?? []));
  for (const { message } of report.errors) tally.notes.push(...notesOfFailure('outside the tests', [message]));
  if (skipped > 0) tally.notes.push(`${skipped} skipped`);
  if (expected + unexpected + flaky === 0 && report.errors.length === 0) {
    tally.failed += 1;
    tally.notes.push('the suite "e2e" ran no test');
  }
  return failWhenSilent(tally, exitCode, 'playwright');
}

/** Without Electron's program tests/electron/main/smoke.e2e.ts has no test. This note keeps that from looking like a pass. */
export function withoutElectron(env: NodeJS.ProcessEnv): string[] {
  if (findElectronProgram(env) !== null) return [];
  return ['NOT RUN: the smoke test in Electron itself, whose program is not on this machine; its double ran'];
}

/** The torture and its pair of databases need `pg_basebackup`. Without it their tests are skipped, and this note says so. */
export function withoutFullPostgres(env: NodeJS.ProcessEnv, ofDebian?: string): string[] {
  if (findFullPostgres(env, ofDebian) !== null) return [];
  return [
    'NOT RUN: the torture and its failovers: no whole PostgreSQL, 15 or later, is on this machine (on Debian: apt install postgresql)',
  ];
}

function failWhenSilent(tally: Tally, exitCode: number, tool: string): Tally {
  if (exitCode === 0 || tally.failed > 0) return tally;
  return { ...tally, failed: 1, notes: [...tally.notes, `${tool} ended with ${exitCode} though no test failed`] };
}
