// A process that takes the folder it is given (and, as `cluster`, starts PostgreSQL there), and holds it until killed.
import { openDataFolder } from '../../../../server/host/data-folder.ts';
import { startEmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';

const [what, dataDir] = process.argv.slice(2) as ['folder' | 'cluster', string];
await openDataFolder(dataDir);
if (what === 'cluster') await startEmbeddedPostgres({ dataDir });
console.log('ready');
process.stdin.resume();
setInterval(() => {}, 60_000);
