import { dateAt } from '../../core/domain/time/zoned.ts';
import { dayQuery, queryClient, sessionQuery } from '../api/queries.ts';
import { askedDay, shownSite } from '../routes/shown-day.ts';
import { nowQuarter } from '../words/clock.ts';

/** After this time an unfinished screen says more than an empty one. */
const patienceMs = 200;

/**
 * Reads the session and the day before anything is drawn: the desk's store answers sooner than empty columns are laid out.
 * The screen that needs a failed read asks again, and shows the failure.
 */
export async function readFirstDay(): Promise<void> {
  // The answer may end the wait sooner. A later answer still reaches the screen that asked for it.
  const limit = new Promise((resolve) => setTimeout(resolve, patienceMs)); // The page has no AbortSignal for a desk call.
  await Promise.race([read(), limit]);
}

async function read(): Promise<void> {
  const session = await queryClient.fetchQuery(sessionQuery).catch(() => null);
  if (!session?.person) return;
  const asked = askedDay();
  const site = shownSite(session.person, asked);
  if (!site) return;
  await queryClient.prefetchQuery(dayQuery(site.siteId, asked.date ?? dateAt(nowQuarter(), site.timeZone)));
}
