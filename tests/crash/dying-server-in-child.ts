import { commandSteps, type CommandStep } from '../../server/bookings/command-steps.ts';
import { startServer } from '../../server/start-server.ts';

/** A server that dies, as by `kill -9`, at a named step of a command. Says over the channel when it listens. */
const [databaseUrl = '', port = '', dieAt = ''] = process.argv.slice(2);
if (!commandSteps.includes(dieAt as CommandStep)) throw new Error(`no such step: ${dieAt}`);
await startServer({
  databaseUrl,
  port: Number(port),
  hooks: {
    at(step) {
      if (step === dieAt) process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
