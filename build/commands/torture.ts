import { writeFile } from 'node:fs/promises';

import { usualRates } from '../../tests/torture/faults/plan-faults.ts';
import { figuresOf, violationsOf } from '../../tests/torture/report.ts';
import { runTorture } from '../../tests/torture/run-torture.ts';
import { weaknesses, type WeaknessName } from '../../tests/torture/weaknesses.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';
import { PlainError } from '../plain-error.ts';
import { stopSignal } from '../stop-signal.ts';

/** Servers, desks and a database with its standby as real processes; all of them are killed, and nothing may be lost. */
await runCommand(async () => {
  const flags = parseFlags('torture', {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    servers: { type: 'string', default: '3' },
    desks: { type: 'string', default: '12' },
    'per-second': { type: 'string', default: '40' },
    weaken: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
  });
  const { weaken } = flags;
  if (weaken !== undefined && !Object.hasOwn(weaknesses, weaken)) {
    throw new PlainError(`--weaken takes one of: ${Object.keys(weaknesses).join(', ')}.`);
  }
  const seed = parseCount('seed', flags.seed);
  const seconds = parseCount('seconds', flags.seconds);
  const startedAt = performance.now();
  const say = (line: string) =>
    process.stderr.write(`  ${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  process.stdout.write(`torture of ${seconds} s, seed ${seed}\n`);
  const signal = stopSignal();
  const result = await runTorture({
    seconds,
    seed,
    servers: parseCount('servers', flags.servers),
    desks: parseCount('desks', flags.desks),
    perSecond: parseCount('per-second', flags['per-second']),
    rates: usualRates,
    durable: true,
    weakness: weaken === undefined ? null : weaknesses[weaken as WeaknessName],
    keep: flags.keep,
    say,
    signal,
  });
  const figures = figuresOf(result);
  const violations = violationsOf(result);
  if (flags.json !== undefined) {
    const all = { seconds, seed, weaken, figures, faults: result.faults, violations };
    await writeFile(flags.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  console.table(figures);
  console.table(result.faults);
  for (const violation of violations.slice(0, 40)) process.stdout.write(`VIOLATED ${violation}\n`);
  if (violations.length > 40) process.stdout.write(`… and ${violations.length - 40} more\n`);
  if (result.folder !== null) process.stdout.write(`logs and stores: ${result.folder}\n`);
  process.stdout.write(
    `seed ${seed}: ${figures.commands} commands, ${figures.serverKills} server kills, ${figures.deskKills} desk kills, ` +
      `${figures.failovers} failovers; ${violations.length} violations\n`,
  );
  return violations.length === 0 ? 0 : 1;
});
