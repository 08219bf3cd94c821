import { extendHorizons } from './extend-horizon.ts';
import type { Job } from './job.ts';
import { trimChanges, trimCommands, trimSessions } from './trims.ts';

/** The only list of the server's jobs. */
export const serverJobs: readonly Job[] = [extendHorizons, trimChanges, trimCommands, trimSessions];
