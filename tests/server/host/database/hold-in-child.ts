// A process that locks the given folder until it is killed. As `cluster` it also starts PostgreSQL there.
import { openDataFolder } from '../../../../server/host/data-folder.ts';
import { startEmbeddedPostgres } from '../../../../server/host/database/start-embedded-postgres.ts';

const [what, dataDir] = process.argv.slice(2) as ['folder' | 'cluster', string];
await openDataFolder(dataDir);
if (what === 'cluster') await startEmbeddedPostgres({ dataDir });
console.log('ready');
process.stdin.resume();
setInterval(() => {}, 60_000);
