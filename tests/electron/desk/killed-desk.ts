import type { TypedCommand } from '../../../core/commands/list.ts';
import { keyFile } from '../../../electron/browser/key-file.ts';
import { openDesk } from '../../../electron/desk/open-desk.ts';

// A desk that dies, as by `kill -9`, at a named point on the way of a command. The store already has a session.
const [serverUrl, dataDir, point, typed] = process.argv.slice(2) as [string, string, 'stored' | 'answered', string];
const desk = openDesk({
  serverUrl,
  dataDir,
  keys: keyFile,
  hooks: { [point]: () => process.kill(process.pid, 'SIGKILL') },
});
await desk.call('send', JSON.parse(typed) as TypedCommand);
