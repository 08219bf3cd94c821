import { loadBrowserShell } from '../../../../build/desk/build-browser-shell.ts';

// The browser shell as `npm run desk` starts it, in a process of its own. Says where it is, and ends when its parent does.
const [serverUrl, dataDir, rendererDir, port = '0'] = process.argv.slice(2) as [string, string, string, string?];
const { startBrowserShell } = await loadBrowserShell();
const onListening = (url: string) => void process.send?.(url);
const shell = await startBrowserShell({ serverUrl, dataDir, rendererDir, port: Number(port), onListening });
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  void shell.close().then(() => process.exit(0));
});
