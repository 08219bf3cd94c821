import { defaultDataDir } from '../../server/host/data-folder.ts';
import { findCentralPostgres } from '../../server/host/database/central-postgres.ts';
import { makeProgress } from '../../server/host/progress.ts';
import { withStack } from '../../server/host/stack.ts';
import type { Stack } from '../../server/host/stack.ts';
import { buildRenderer, rendererDir } from '../build-renderer.ts';
import { parseFlags, parsePort, runCommand } from '../command-line.ts';
import { firstContents } from '../demo/first-contents.ts';
import { compileCacheDir } from '../desk/build-browser-shell.ts';
import { codeForDesk } from '../desk/code-for-desk.ts';
import { openDesk } from '../desk/open-desk.ts';
import type { OpenDesk } from '../desk/opened-desk.ts';
import { pruneCompileCache } from '../desk/prune-compile-cache.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

/** The whole clinic on this machine until Ctrl-C: database, sync server and desk. */
await runCommand(async () => {
  const flags = parseFlags('start', {
    'data-dir': { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    demo: { type: 'boolean', default: false },
  });
  const startedAt = performance.now();
  const port = parsePort(flags.port);
  const signal = stopSignal();
  const progress = makeProgress();
  const central = await findCentralPostgres(process.env);
  const dataDir = flags['data-dir'] ?? defaultDataDir(process.env);
  const contents = firstContents({ demo: flags.demo, isCentral: central !== undefined });
  try {
    await withStack({ dataDir, port, central, seed: contents.seed, progress, signal }, async (stack) => {
      await progress.step('renderer', async () => progress.line(await buildRenderer()));
      signal.throwIfAborted();
      const desk = await progress.step('desk', () => startDesk(stack, !flags['no-open'], progress.line));
      try {
        signal.throwIfAborted();
        void pruneCompileCache(compileCacheDir, Date.now());
        const seconds = (performance.now() - startedAt) / 1000;
        sayWhereToGo(stack, desk, { seconds, isCentral: central !== undefined, signIns: contents.signIns() });
        await Promise.race([aborted(signal), desk.closedByHand]);
        if (!signal.aborted) process.stderr.write('The desk was closed; stopping …\n');
      } finally {
        await desk.close();
      }
    });
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  process.stderr.write('Stopped.\n');
  return 0;
});

async function startDesk(stack: Stack, window: boolean, onProgress: (line: string) => void): Promise<OpenDesk> {
  const pairingCode = await codeForDesk(stack.adminDatabaseUrl);
  const desk = await openDesk({
    given: { serverUrl: stack.url, ...(pairingCode === null ? {} : { pairingCode }) },
    dataDir: stack.folder.dir,
    rendererDir,
    preferredPort: stack.folder.state.deskPort,
    window,
    env: process.env,
    onProgress,
  });
  if (desk.port !== undefined) await stack.folder.remember({ deskPort: desk.port });
  return desk;
}

interface Started {
  readonly seconds: number;
  readonly isCentral: boolean;
  readonly signIns: readonly string[];
}

function sayWhereToGo(stack: Stack, desk: OpenDesk, { seconds, isCentral, signIns }: Started): void {
  const lines = [
    '',
    `Holdfast is ready (${seconds.toFixed(1)} s).`,
    `Data    ${isCentral ? 'the server of DATABASE_URL; desk cache in ' : ''}${stack.folder.dir}`,
    `API     ${stack.url}/api/openapi.json`,
    `Desk    ${desk.shell}`,
    '',
    ...(desk.url === undefined ? [] : [`${desk.opened ? 'If no window appeared, open' : 'Open'} ${desk.url}`]),
    ...signIns,
    desk.url === undefined ? 'Closing the window, or Ctrl-C, stops everything.' : 'Ctrl-C stops everything.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
