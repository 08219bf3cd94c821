import { defaultDataDir, openDataFolder } from '../../server/host/data-folder.ts';
import { choosePort } from '../../server/host/database/free-port.ts';
import { makeProgress } from '../../server/host/progress.ts';
import { buildRenderer, rendererDir } from '../build-renderer.ts';
import { parseFlags, parsePort, runCommand } from '../command-line.ts';
import { compileCacheDir } from '../desk/build-browser-shell.ts';
import { openDesk } from '../desk/open-desk.ts';
import { pruneCompileCache } from '../desk/prune-compile-cache.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

/** The desk alone, until Ctrl-C. At its first start it asks where its data is. */
await runCommand(async () => {
  const flags = parseFlags('desk', {
    'data-dir': { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  });
  const asked = parsePort(flags.port);
  const signal = stopSignal();
  const progress = makeProgress();
  const folder = await openDataFolder(flags['data-dir'] ?? defaultDataDir(process.env));
  try {
    if (asked !== undefined) await choosePort({ asked });
    await progress.step('renderer', async () => progress.line(await buildRenderer()));
    if (signal.aborted) return 0;
    const desk = await progress.step('desk', () =>
      openDesk({
        given: null,
        dataDir: folder.dir,
        rendererDir,
        preferredPort: asked ?? folder.state.deskPort,
        window: !flags['no-open'],
        env: process.env,
        onProgress: progress.line,
      }),
    );
    try {
      if (desk.port !== undefined) await folder.remember({ deskPort: desk.port });
      void pruneCompileCache(compileCacheDir, Date.now());
      sayWhereToGo(desk.url, desk.opened, desk.shell, folder.dir);
      await Promise.race([aborted(signal), desk.closedByHand]);
    } finally {
      await desk.close();
    }
  } finally {
    folder.release();
  }
  process.stderr.write('Stopped.\n');
  return 0;
});

function sayWhereToGo(url: string | undefined, opened: boolean, shell: string, dir: string): void {
  const lines = [
    '',
    'Holdfast is ready.',
    `Data    ${dir}`,
    `Desk    ${shell}`,
    ...(url === undefined ? [] : [`${opened ? 'If no window appeared, open' : 'Open'} ${url}`]),
    url === undefined ? 'Closing the window, or Ctrl-C, stops it.' : 'Ctrl-C stops it.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
