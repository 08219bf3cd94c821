import path from 'node:path';

import { startBrowserShell } from '../../../electron/browser/start-browser-shell.ts';

// Runs a desk in the browser shell that keeps which server it uses, in a process that a test may kill. Prints its address.
const [dataDir, rendererDir] = process.argv.slice(2) as [string, string];
const hostEntry = path.resolve(import.meta.dirname, '../../../build/desk/hosted-server.ts');
const shell = await startBrowserShell({ serverUrl: null, hostEntry, dataDir, rendererDir });
process.on('SIGTERM', () => void shell.close().then(() => process.exit(0)));
process.stdout.write(`${shell.url}\n`);
