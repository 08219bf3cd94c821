import type { Poke } from '../../core/calendar/calendar.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { Feed } from './feed.ts';

/** A person or a desk that listens to an organization's pokes. */
export interface Listener {
  readonly orgId: string;
  /** The listener's permissions as of now; null where it may no longer listen. */
  find(): Promise<{ readonly permissions: readonly Permission[] } | null>;
}

/**
 * Puts into each poke what changed since the poke before, so that fifty desks do not all pull the same row. The stream ends
 * once the listener is shut out. Where the look-up of the listener or of the news fails, a poke without news makes the
 * listener pull.
 */
export async function* bringNews(
  feed: Feed,
  pokes: AsyncIterable<unknown>,
  { orgId, find }: Listener,
): AsyncGenerator<Poke, void> {
  let from = '';

  async function goOn(withPatients: boolean): Promise<Poke> {
    const { head, changes } = await feed.news(orgId, from, withPatients);
    const poke = changes ? { news: { from, changes } } : {};
    from = head;
    return poke;
  }

  // A new subscriber pulls right after subscribing, so its cursor will be close to this one.
  await goOn(false).catch(() => {});
  for await (const _ of pokes) {
    const reader = await find().catch(() => undefined);
    if (reader === null) return;
    yield reader ? await goOn(reader.permissions.includes('read-patients')).catch(() => ({})) : {};
  }
}
