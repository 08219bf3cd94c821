import { startBrowserShell } from '../../electron/browser/start-browser-shell.ts';

// A browser shell in a process of its own, which a test can kill. It reports its address, and ends with its parent.
const [serverUrl, dataDir, rendererDir] = process.argv.slice(2) as [string, string, string];
const shell = await startBrowserShell({ serverUrl, dataDir, rendererDir });
process.send?.(shell.url);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void shell.close().then(() => process.exit(0));
});
