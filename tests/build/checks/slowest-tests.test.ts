import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { root } from '../../../build/checks/run-tool.ts';
import { describeSlowest, timesOfPlaywright, timesOfVitest } from '../../../build/checks/slowest-tests.ts';

const timed = (title: string, seconds: number) => ({ title, file: 'tests/a.test.ts', seconds });

describe('the slowest tests of a run', () => {
  it('are ten at most, the slowest first, with file and seconds', () => {
    const lines = describeSlowest([
      timed('quick', 0.04),
      ...Array.from({ length: 12 }, (_, n) => timed(`test ${n}`, n)),
    ]);
    expect(lines).toHaveLength(11);
    expect(lines[1]).toBe('   11.0 s  tests/a.test.ts  test 11');
    expect(lines.at(-1)).toBe('    2.0 s  tests/a.test.ts  test 2');
  });

  it('are not mentioned where no test ran', () => {
    expect(describeSlowest([...timesOfVitest(undefined), ...timesOfPlaywright(undefined)])).toEqual([]);
  });

  it('come from the report of vitest: milliseconds, absolute paths, and nothing for a test that was skipped', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'races prove nothing', duration: 1500 },
      { status: 'skipped', fullName: 'waits', duration: null },
    ];
    const name = path.join(root, 'tests', 'server', 'a.pg.test.ts');
    expect(timesOfVitest({ testResults: [{ name, status: 'passed', assertionResults }] })).toEqual([
      { title: 'races prove nothing', file: path.join('tests', 'server', 'a.pg.test.ts'), seconds: 1.5 },
      { title: 'waits', file: path.join('tests', 'server', 'a.pg.test.ts'), seconds: 0 },
    ]);
  });

  it('come from the report of Playwright: each project by itself, its second tries added', () => {
    const test = (projectName: string, ...durations: number[]) => ({
      projectName,
      status: 'expected',
      results: durations.map((duration) => ({ errors: [], duration })),
    });
    const spec = {
      title: 'books',
      file: 'e2e/a.e2e.ts',
      line: 7,
      tests: [test('browser', 2000), test('electron', 500, 3000)],
    };
    const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0 };
    expect(timesOfPlaywright({ stats, errors: [], suites: [{ suites: [{ specs: [spec] }] }] })).toEqual([
      { title: '[browser] books', file: 'tests/e2e/a.e2e.ts', seconds: 2 },
      { title: '[electron] books', file: 'tests/e2e/a.e2e.ts', seconds: 3.5 },
    ]);
  });
});
