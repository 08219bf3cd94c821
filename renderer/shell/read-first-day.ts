import { dateAt } from '../../core/domain/time/zoned.ts';
import { dayQuery, queryClient, sessionQuery } from '../api/queries.ts';
import { askedDay, shownSite } from '../routes/shown-day.ts';
import { nowQuarter } from '../words/clock.ts';

/** After this a screen that is still being filled says more than none. */
const patienceMs = 200;

/**
 * Reads who is signed in and their day before anything is drawn: the desk's store answers sooner than empty columns are
 * laid out. Whatever fails is asked for again, and told, by the screen that needs it.
 */
export async function readFirstDay(): Promise<void> {
  // A limit, and no wait: the answer ends it sooner, and what comes later still reaches the screen that asked for it.
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
