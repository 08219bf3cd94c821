import { commandSteps, type CommandStep } from '../../../server/commands/command-steps.ts';
import { startServer } from '../../../server/start-server.ts';

/** A server that dies, as by `kill -9`, at its n-th pass of a named step. It reports over the channel when it listens. */
const [databaseUrl = '', port = '', dieAt = '', time = ''] = process.argv.slice(2);
let timesThere = 0;
if (!commandSteps.includes(dieAt as CommandStep)) throw new Error(`no such step: ${dieAt}`);
await startServer({
  databaseUrl,
  port: Number(port),
  hooks: {
    at(step) {
      if (step === dieAt && (timesThere += 1) === Number(time)) process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
