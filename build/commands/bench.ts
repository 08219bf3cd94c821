import { writeFile } from 'node:fs/promises';

import type { BenchOptions, BenchResult } from '../../tests/bench/bench.ts';
import { benchBooking } from '../../tests/bench/booking.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';
import { PlainError } from '../plain-error.ts';

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = { booking: benchBooking };

/** `npm run bench -- NAME`: interleaved arms, several rounds, medians and ratios. */
await runCommand(async () => {
  const name = process.argv[2] ?? '';
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw new PlainError(`bench: name one of: ${Object.keys(benches).join(', ')}.`);
  process.argv.splice(2, 1);
  const flags = parseFlags(`bench ${name}`, {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    clients: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
    json: { type: 'string' },
  });
  const options = {
    rounds: parseCount('rounds', flags.rounds),
    seconds: parseCount('seconds', flags.seconds),
    clients: parseCount('clients', flags.clients),
    seed: parseCount('seed', flags.seed),
  };
  const result = await bench(options);
  if (flags.json !== undefined)
    await writeFile(flags.json, `${JSON.stringify({ name, ...options, ...result }, null, 2)}\n`);
  console.table(result.rows);
  const missed = result.bars.filter((bar) => !bar.met).map((bar) => bar.name);
  for (const bar of missed) process.stdout.write(`MISSED ${bar}\n`);
  process.stdout.write(`${result.summary}\n`);
  return flags.check && missed.length > 0 ? 1 : 0;
});
