import { loadBrowserShell } from '../../../../build/desk/build-browser-shell.ts';

// Starts the browser shell as `npm run desk` does, in a process of its own. It reports its address, and ends with its parent.
const [serverUrl, dataDir, rendererDir, port = '0'] = process.argv.slice(2) as [string, string, string, string?];
const { startBrowserShell } = await loadBrowserShell();
const onListening = (url: string) => void process.send?.(url);
const shell = await startBrowserShell({ serverUrl, dataDir, rendererDir, port: Number(port), onListening });
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void shell.close().then(() => process.exit(0));
});
