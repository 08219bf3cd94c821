import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { PlainError } from '../../server/problems/plain-error.ts';
import { checkDependencies } from '../checks/check-dependencies.ts';
import { installSystemParts } from '../checks/install-system-parts.ts';
import { root, runTool } from '../checks/run-tool.ts';
import { describeSlowest, timesOfPlaywright, timesOfVitest, type TimedTest } from '../checks/slowest-tests.ts';
import { passOrFail, tallyPlaywright, tallyVitest, withoutElectron, withoutFullPostgres } from '../checks/tally.ts';
import type { PlaywrightReport, Tally, VitestReport } from '../checks/tally.ts';
import { parseFlags, runCommand } from '../command-line.ts';

const tool = (program: string, ...args: string[]) => {
  return async () => passOrFail((await runTool(program, args)).code === 0, `${program} failed (see above)`);
};

/** How long each test took that ran. */
const times: TimedTest[] = [];

/** Run in this order. A check that fails stops none of the next, so that one run shows everything that is wrong. */
const checks: Record<string, () => Promise<Tally>> = {
  format: tool('oxfmt', '--check', '.'),
  lint: tool('oxlint', '--type-aware', '--deny-warnings'),
  types: tool('tsc', '-p', '.'),
  dependencies: checkDependencies,
  'dead code': tool('knip', '--no-progress'),
  tests: async () => {
    const file = freshReport('vitest.json');
    const { code } = await runTool('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]);
    const report = readReport(file) as VitestReport | undefined;
    times.push(...timesOfVitest(report));
    const tally = tallyVitest(report, code);
    return { ...tally, notes: [...tally.notes, ...withoutFullPostgres(process.env)] };
  },
  e2e: async () => {
    const file = freshReport('playwright.json');
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    const { code } = await runTool('playwright', ['test', '--reporter=line,json'], { env });
    const report = readReport(file) as PlaywrightReport | undefined;
    times.push(...timesOfPlaywright(report));
    const tally = tallyPlaywright(report, code);
    return { ...tally, notes: [...tally.notes, ...withoutElectron(process.env)] };
  },
};

await runCommand(async () => {
  const { only } = parseFlags('test', { only: { type: 'string', multiple: true } });
  const unknown = only?.filter((name) => !Object.hasOwn(checks, name)) ?? [];
  if (unknown.length > 0) throw new PlainError(`--only takes one of: ${Object.keys(checks).join(', ')}.`);
  await installSystemParts();
  const rows: { name: string; seconds: number; tally: Tally }[] = [];
  for (const [name, check] of Object.entries(checks)) {
    if (only !== undefined && !only.includes(name)) continue;
    console.error(`\n— ${name}`);
    const startedAt = performance.now();
    const tally = await check();
    rows.push({ name, tally, seconds: (performance.now() - startedAt) / 1000 });
  }
  console.log();
  for (const { name, seconds, tally } of rows) {
    const counts = `${String(tally.passed).padStart(5)} passed ${String(tally.failed).padStart(4)} failed`;
    console.log(`${name.padEnd(14)}${counts} ${seconds.toFixed(1).padStart(7)} s`);
    for (const note of tally.notes) console.log(`    ${note}`);
  }
  for (const line of describeSlowest(times)) console.log(line);
  const total = (key: 'passed' | 'failed') => rows.reduce((sum, row) => sum + row.tally[key], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
});

function freshReport(name: string): string {
  const file = path.join(root, 'out', 'reports', name);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
