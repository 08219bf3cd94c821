import { writeFile } from 'node:fs/promises';

import { PlainError } from '../../server/problems/plain-error.ts';
import { watchMachine } from '../../tests/proofs/bench/report/machine.ts';
import { writeReport } from '../../tests/proofs/bench/report/write-report.ts';
import { defaultRates } from '../../tests/proofs/torture/faults/plan-faults.ts';
import { figuresOf, violationsOf } from '../../tests/proofs/torture/report.ts';
import { runTorture } from '../../tests/proofs/torture/run-torture.ts';
import { tortureReport, withFormerRuns } from '../../tests/proofs/torture/torture-report.ts';
import { weaknesses, type WeaknessName } from '../../tests/proofs/torture/weaknesses.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';
import { stopSignal } from '../stop-signal.ts';

const maxPrinted = 40;

/** Servers, desks and a database with its standby as real processes. All of them are killed, and nothing may be lost. */
await runCommand(async () => {
  const flags = parseFlags('torture', {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    servers: { type: 'string', default: '3' },
    desks: { type: 'string', default: '12' },
    'per-second': { type: 'string', default: '30' },
    weaken: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
    report: { type: 'boolean', default: false },
  });
  const { weaken } = flags;
  if (weaken !== undefined && !Object.hasOwn(weaknesses, weaken)) {
    throw new PlainError(`--weaken takes one of: ${Object.keys(weaknesses).join(', ')}.`);
  }
  const seed = parseCount('seed', flags.seed);
  const seconds = parseCount('seconds', flags.seconds);
  const [servers, desks, perSecond] = (['servers', 'desks', 'per-second'] as const).map((flag) =>
    parseCount(flag, flags[flag]),
  ) as [number, number, number];
  const machineNow = watchMachine();
  const startedAt = performance.now();
  const say = (line: string) =>
    process.stderr.write(`  ${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  process.stdout.write(`torture of ${seconds} s, seed ${seed}\n`);
  const signal = stopSignal();
  const result = await runTorture({
    seconds,
    seed,
    servers,
    desks,
    perSecond,
    rates: defaultRates,
    durable: true,
    weakness: weaken === undefined ? null : weaknesses[weaken as WeaknessName],
    keep: flags.keep,
    say,
    signal,
  });
  const figures = figuresOf(result);
  const violations = violationsOf(result);
  const run = {
    seconds,
    seed,
    weaken: weaken ?? null,
    servers,
    desks,
    perSecond,
    machine: machineNow({ PostgreSQL: result.version }),
    figures,
    faults: result.faults,
    violations: violations.slice(0, maxPrinted),
  };
  if (flags.json !== undefined) {
    await writeFile(
      flags.json,
      `${JSON.stringify({ ...run, violations, histories: result.slots.histories }, null, 2)}\n`,
    );
  }
  console.table(figures);
  console.table(result.faults);
  for (const violation of run.violations) process.stdout.write(`VIOLATED ${violation}\n`);
  if (violations.length > maxPrinted) process.stdout.write(`… and ${violations.length - maxPrinted} more\n`);
  if (result.folder !== null) process.stdout.write(`logs and stores: ${result.folder}\n`);
  if (flags.report) {
    const report = tortureReport(await withFormerRuns(run));
    for (const file of await writeReport(report)) process.stdout.write(`wrote ${file}\n`);
  }
  process.stdout.write(
    `seed ${seed}: ${figures.commands} commands, ${figures.serverKills} server kills, ${figures.deskKills} desk kills, ` +
      `${figures.failovers} failovers; ${violations.length} violations\n`,
  );
  return violations.length === 0 ? 0 : 1;
});
