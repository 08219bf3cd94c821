import { defineJob } from '../../../server/jobs/job.ts';
import { startServer } from '../../../server/start-server.ts';

/** A server that hangs in a job, and says so over the channel. */
const [databaseUrl = ''] = process.argv.slice(2);
const hangs = defineJob({
  name: 'hangs',
  everyMinutes: 60,
  async run({ goOn }) {
    await goOn();
    process.send?.('hangs');
    await new Promise(() => {});
  },
});
await startServer({ databaseUrl, jobs: [hangs] });
process.on('disconnect', () => process.exit(0));
