import { keyFile } from '../../../../electron/browser/key-file.ts';
import { openDesk } from '../../../../electron/desk/open-desk.ts';
import { monotonicMs, type DeskStart, type FromDesk, type ToDesk } from './messages.ts';

/**
 * A desk in a process of its own that takes orders over the IPC channel. Its waits are shorter than those of a person's desk,
 * so that a run of minutes sees as many reconnects as a clinic does in weeks. At a named death the process kills itself, as
 * by `kill -9`.
 */
const { serverUrl, dataDir, dies, pairingCode } = JSON.parse(process.argv[2] ?? '') as DeskStart;
const say = (message: FromDesk) => process.send?.(message);
let timesThere = 0;
function come(): void {
  if ((timesThere += 1) === dies?.time) process.kill(process.pid, 'SIGKILL');
}
const desk = openDesk({
  serverUrl,
  dataDir,
  keys: keyFile,
  ...(pairingCode === undefined ? {} : { pairingCode }),
  hooks: dies === undefined ? {} : { [dies.at]: come },
  // Everything in a run happens on these days.
  window: { daysBack: 0, daysAhead: 6 },
  timing: {
    requestLimitMs: 4_000,
    answerLimitMs: 1_500,
    push: { firstMs: 50, maxMs: 1_000 },
    reconnect: { firstMs: 50, maxMs: 1_000 },
    withheld: { firstMs: 20, maxMs: 500 },
    pollMs: 2_000,
  },
});
desk.listen((event) => say({ kind: 'event', at: monotonicMs(), event }));
process.on('message', async ({ number, call, input }: ToDesk) => {
  const answer = await desk.answer(call, input);
  say({ kind: 'answer', number, at: monotonicMs(), answer });
});
// The process that gave the orders is gone.
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
