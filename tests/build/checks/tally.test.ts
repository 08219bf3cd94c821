import { describe, expect, it } from 'vitest';

import { tallyPlaywright, tallyVitest, withoutElectron, withoutFullPostgres } from '../../../build/checks/tally.ts';

const file = (name: string, statuses: string[], status = statuses.includes('failed') ? 'failed' : 'passed') => ({
  name,
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
});
const everySuite = ['a.test.ts', 'a.pg.test.ts', 'a.sqlite.test.ts'].map((name) => file(name, ['passed']));

describe('the tally of a test run', () => {
  it('adds up passed tests', () => {
    expect(tallyVitest({ testResults: everySuite }, 0)).toEqual({ passed: 3, failed: 0, notes: [] });
  });

  it('counts a file that failed outside its tests, for example by a leaked connection', () => {
    const report = { testResults: [...everySuite, file('b.pg.test.ts', ['passed'], 'failed')] };
    expect(tallyVitest(report, 1)).toEqual({
      passed: 4,
      failed: 1,
      notes: ['b.pg.test.ts: failed outside its tests'],
    });
  });

  it('counts a suite without a test that ran as failed, also when all its tests were skipped', () => {
    const report = { testResults: [...everySuite.slice(0, 2), file('a.sqlite.test.ts', ['skipped'], 'passed')] };
    const { failed, notes } = tallyVitest(report, 0);
    expect(failed).toBe(1);
    expect(notes).toEqual(['a.sqlite.test.ts: 1 skipped', 'the suite "sqlite" ran no test']);
  });

  it('says what went wrong in each failure, without colours and without its stack', () => {
    const failureMessages = ['\u001B[31mexpected 1 to be 2\u001B[39m', ...Array.from({ length: 30 }, () => '  at x')];
    const broken = { ...file('b.test.ts', []), status: 'failed' };
    const test = { status: 'failed', fullName: 'one is two', failureMessages };
    const { notes } = tallyVitest({ testResults: [...everySuite, { ...broken, assertionResults: [test] }] }, 1);
    expect(notes.slice(0, 3)).toEqual(['b.test.ts: 1 failed', 'one is two', '  expected 1 to be 2']);
    expect(notes.length).toBeLessThan(20);

    const spec = { title: 'nobody waits', file: 'a.e2e.ts', line: 7 };
    const tests = (status: string) => [
      { projectName: 'browser', status, results: [{ errors: [{ message: 'not visible' }] }] },
    ];
    const suites = [{ suites: [{ specs: [{ ...spec, tests: tests('unexpected') }] }] }, { specs: [] }];
    expect(tallyPlaywright({ stats: stats({ unexpected: 1 }), errors: [], suites }, 1).notes).toEqual([
      '1 failed',
      '[browser] a.e2e.ts:7 nobody waits',
      '  not visible',
    ]);
    const passed = [{ specs: [{ ...spec, tests: tests('expected') }] }];
    expect(tallyPlaywright({ stats: stats({ expected: 1 }), errors: [], suites: passed }, 0).notes).toEqual([]);
  });

  it.each([
    ['no report', () => tallyVitest(undefined, 0)],
    ['an exit code that no test explains', () => tallyVitest({ testResults: everySuite }, 1)],
    ['no end-to-end test', () => tallyPlaywright({ stats: stats(), errors: [] }, 0)],
    ['a flaky end-to-end test', () => tallyPlaywright({ stats: stats({ expected: 3, flaky: 1 }), errors: [] }, 0)],
    ['an error outside the tests', () => tallyPlaywright({ stats: stats({ expected: 3 }), errors: [{}] }, 1)],
  ])('counts %s as one failure', (_case, tally) => {
    expect(tally().failed).toBe(1);
  });
});

describe('the smoke test in Electron itself', () => {
  it('is reported as not run when its program is missing, and never counted as passed', () => {
    expect(withoutElectron({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toEqual([expect.stringMatching(/^NOT RUN/)]);
  });
});

describe('the torture', () => {
  it('is reported as not run on a machine without pg_basebackup', () => {
    expect(withoutFullPostgres({ PATH: '/nowhere' }, '/nowhere')).toEqual([expect.stringMatching(/^NOT RUN/)]);
  });
});

function stats(change: Partial<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>> = {}) {
  return { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...change };
}
