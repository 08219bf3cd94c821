import type { Poke } from '../../core/calendar/calendar.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { Feed } from './feed.ts';

/** Who listens to an organization's pokes. */
export interface Listener {
  readonly orgId: string;
  /** As they are now; null: they may listen no longer. */
  find(): Promise<{ readonly permissions: readonly Permission[] } | null>;
}

/**
 * Puts into each poke what changed since the one before, so that fifty desks need not all ask for the same row. It ends for
 * who was shut out. Where it cannot be known who listens, or what is new, a bare poke makes them ask.
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

  // Who subscribes pulls next, and stands about here then.
  await goOn(false).catch(() => {});
  for await (const _ of pokes) {
    const reader = await find().catch(() => undefined);
    if (reader === null) return;
    yield reader ? await goOn(reader.permissions.includes('read-patients')).catch(() => ({})) : {};
  }
}
