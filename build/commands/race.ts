import { writeFile } from 'node:fs/promises';

import { PlainError } from '../../server/problems/plain-error.ts';
import { withRunningServer } from '../../tests/proofs/bench/running-server.ts';
import { quantile } from '../../tests/proofs/bench/statistics.ts';
import { runRace, type RaceResult } from '../../tests/proofs/race/run-race.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';

/** Many desks race for the same slots over HTTP. Then SQL that shares nothing with the server checks the calendar. */
await runCommand(async () => {
  const flags = parseFlags('race', {
    rounds: { type: 'string', default: '500' },
    clients: { type: 'string', default: '32' },
    seed: { type: 'string', default: '1' },
    url: { type: 'string' },
    'admin-database-url': { type: 'string' },
    overload: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    json: { type: 'string' },
  });
  const rounds = parseCount('rounds', flags.rounds);
  const clients = parseCount('clients', flags.clients);
  const seed = parseCount('seed', flags.seed);
  if ((flags.url === undefined) !== (flags['admin-database-url'] === undefined)) {
    throw new PlainError('--url and --admin-database-url go together: the calendar is checked by SQL afterwards.');
  }
  const race = (url: string, adminDatabaseUrl: string) =>
    runRace({
      url,
      adminDatabaseUrl,
      rounds,
      clients,
      seed,
      overload: flags.overload,
      onRound: (done) => {
        if (done % 50 === 0) process.stderr.write(`  ${done} of ${rounds} rounds\n`);
      },
    });
  const result =
    flags.url === undefined || flags['admin-database-url'] === undefined
      ? await withRunningServer(({ url, adminDatabaseUrl }) => race(url, adminDatabaseUrl))
      : await race(flags.url, flags['admin-database-url']);
  const rows = report(result);
  if (flags.json !== undefined) {
    await writeFile(flags.json, `${JSON.stringify({ rounds, clients, seed, rows, wrongs: result.wrongs }, null, 2)}\n`);
  }
  const unraced = rows.filter(({ conflicts }) => conflicts === 0).map(({ scenario }) => scenario);
  if (flags.check)
    for (const scenario of unraced)
      process.stdout.write(`MISSED nobody lost in "${scenario}": more rounds or clients are needed\n`);
  for (const wrong of result.wrongs.slice(0, 20)) process.stdout.write(`WRONG ${wrong}\n`);
  const sum = (key: 'booked' | 'conflicts' | 'busy') => rows.reduce((total, row) => total + row[key], 0);
  process.stdout.write(
    `${rounds} rounds of ${clients} clients, seed ${seed}: ${sum('booked')} booked, ${sum('conflicts')} refused with 409, ` +
      `${sum('busy')} with 503, ${result.wrongs.length} invariants broken\n`,
  );
  return result.wrongs.length > 0 || (flags.check && unraced.length > 0) ? 1 : 0;
});

function report(result: RaceResult) {
  const rows = Object.entries(result.scenarios).map(([scenario, tally]) => ({
    scenario,
    rounds: tally.rounds,
    booked: tally.booked,
    conflicts: tally.conflicts,
    busy: tally.busy,
    'alternatives per 409': tally.conflicts === 0 ? 0 : Number((tally.alternatives / tally.conflicts).toFixed(2)),
    'loser p50 ms': Math.round(quantile(tally.loserMilliseconds, 0.5)),
    'loser p99 ms': Math.round(quantile(tally.loserMilliseconds, 0.99)),
  }));
  console.table(Object.fromEntries(rows.map(({ scenario, ...row }) => [scenario, row])));
  return rows;
}
