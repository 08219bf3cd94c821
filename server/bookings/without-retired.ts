import type { LoadedFacts } from './facts-from-row.ts';

/**
 * The facts without what was retired, but for the resources that the visit has already: it may stay with them, and nothing else
 * comes to them. A booking and its call see the same.
 */
export function withoutRetired<Facts extends Pick<LoadedFacts, 'calendar' | 'retiredIds'>>(
  facts: Facts,
  own: readonly (string | null)[] = [],
): Facts {
  const { calendar, retiredIds } = facts;
  const isUsable = ({ resourceId }: { readonly resourceId: string }) =>
    !retiredIds.includes(resourceId) || own.includes(resourceId);
  return {
    ...facts,
    calendar: {
      ...calendar,
      resources: calendar.resources.filter(isUsable),
      openRuns: calendar.openRuns.filter(isUsable),
    },
  };
}
