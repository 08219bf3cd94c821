import { writeFile } from 'node:fs/promises';

import { PlainError } from '../../server/problems/plain-error.ts';
import { defineBench, type Bench, type BenchFlag } from '../../tests/proofs/bench/bench.ts';
import { benchBooking } from '../../tests/proofs/bench/booking/booking.ts';
import { benchCalendar } from '../../tests/proofs/bench/calendar/calendar.ts';
import { watchMachine } from '../../tests/proofs/bench/report/machine.ts';
import { writeReport } from '../../tests/proofs/bench/report/write-report.ts';
import { syncParts, type SyncPart } from '../../tests/proofs/bench/sync/sync-options.ts';
import { benchSync } from '../../tests/proofs/bench/sync/sync.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';

const count = (fallback: number): BenchFlag<number> => ({ default: String(fallback), read: parseCount });
const counts = (fallback: string): BenchFlag<number[]> => ({
  default: fallback,
  read: (name, text) => text.split(',').map((one) => parseCount(name, one)),
});
const countOrNone: BenchFlag<number> = {
  default: '0',
  read: (name, text) => (text === '0' ? 0 : parseCount(name, text)),
};

const partsOfSync: BenchFlag<SyncPart[]> = {
  default: syncParts.join(','),
  read: (name, text) =>
    text.split(',').map((one) => {
      const part = syncParts.find((known) => known === one);
      if (part === undefined) throw new PlainError(`--${name} takes some of ${syncParts.join(',')}, not "${one}".`);
      return part;
    }),
};

const benches: Readonly<Record<string, Bench>> = {
  booking: defineBench(
    { rounds: count(5), seconds: count(1), clients: counts('1,8,32,64'), past: countOrNone, seed: count(1) },
    benchBooking,
  ),
  calendar: defineBench({ rounds: count(5), seed: count(1) }, benchCalendar),
  sync: defineBench(
    {
      only: partsOfSync,
      rounds: count(5),
      appointments: count(20_000),
      patients: count(10_000),
      desks: count(48),
      changes: count(40),
      commands: count(400),
      seed: count(1),
    },
    benchSync,
  ),
};

/** `npm run bench -- NAME`: interleaved arms, several rounds, medians and ratios. */
await runCommand(async () => {
  const name = process.argv[2] ?? '';
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw new PlainError(`bench: name one of: ${Object.keys(benches).join(', ')}.`);
  process.argv.splice(2, 1);
  const own = Object.entries(bench.flags);
  const given: Readonly<Record<string, unknown>> = parseFlags(`bench ${name}`, {
    ...Object.fromEntries(
      own.map(([flag, { default: fallback }]) => [flag, { type: 'string' as const, default: fallback }]),
    ),
    check: { type: 'boolean', default: false },
    json: { type: 'string' },
    report: { type: 'boolean', default: false },
  });
  const options = Object.fromEntries(own.map(([flag, { read }]) => [flag, read(flag, String(given[flag]))]));
  const machineNow = watchMachine();
  const { report, ...result } = await bench.run(options);
  const machine = machineNow(report?.versions ?? {});

  if (typeof given['json'] === 'string') {
    const all = { name, ...options, machine, ...result, figures: report?.figures };
    await writeFile(given['json'], `${JSON.stringify(all, null, 2)}\n`);
  }
  console.table(result.rows);
  const missed = result.bars.filter((bar) => !bar.met);
  for (const bar of missed) process.stdout.write(`MISSED ${bar.name}: ${bar.measured}\n`);
  process.stdout.write(`${result.summary}\n`);
  if (given['report']) {
    if (!report) throw new PlainError(`bench ${name} has no report: run it without --report.`);
    const command = ['npm run bench --', name, ...own.map(([flag]) => `--${flag} ${String(given[flag])}`)].join(' ');
    for (const file of await writeReport({ ...report, ...result, name, command, machine }))
      process.stdout.write(`wrote ${file}\n`);
  }
  return given['check'] && missed.length > 0 ? 1 : 0;
});
