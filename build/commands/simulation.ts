import { emptyFigures, noteRun } from '../../tests/proofs/simulation/figures.ts';
import { describeFailure, runSeed } from '../../tests/proofs/simulation/run-seed.ts';
import { startSimulationCluster } from '../../tests/proofs/simulation/with-database.ts';
import { parseCount, parseFlags, runCommand } from '../command-line.ts';
import { stopSignal } from '../stop-signal.ts';

/** Desks, servers and a failing network in simulated time. Each seed is one run, and gives the same run every time. */
await runCommand(async () => {
  const flags = parseFlags('simulation', {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  });
  const first = parseCount('from', flags.seed ?? flags.from);
  const count = flags.seed === undefined ? parseCount('seeds', flags.seeds) : 1;
  const signal = stopSignal();
  const figures = emptyFigures();
  const failed: number[] = [];
  const startedAt = performance.now();
  const cluster = await startSimulationCluster();
  try {
    const database = await cluster.open();
    for (let seed = first; seed < first + count && !signal.aborted; seed++) {
      const failure = await runSeed(seed, database, {
        shrinks: flags.shrink,
        onRun(run) {
          noteRun(figures, run);
          if (flags.trace) process.stdout.write(`${run.trace.join('\n')}\n`);
        },
      });
      if (failure) {
        failed.push(seed);
        process.stdout.write(`${describeFailure(failure)}\n`);
      }
      if ((seed - first + 1) % 100 === 0)
        process.stderr.write(`  ${seed - first + 1} seeds, ${failed.length} failed\n`);
    }
    await database.close();
  } finally {
    await cluster.stop();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.table(figures);
  process.stdout.write(
    `${figures.runs} runs from seed ${first} on in ${seconds.toFixed(0)} s; ` +
      `${failed.length === 0 ? 'every promise kept' : `failed: ${failed.join(', ')}`}\n`,
  );
  return failed.length === 0 ? 0 : 1;
});
