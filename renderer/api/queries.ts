import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';

import type { DeskDay } from '../../core/contract/desk/desk-day.ts';
import { minSearchLength } from '../../core/domain/patients/search-limits.ts';
import { ask, problemOf } from './desk.ts';
import { reuseUnchanged } from './reuse-unchanged.ts';

export const sessionKey = ['session'] as const;

/** A refusal is final until the person acts. A lost connection is worth two more tries. */
function isWorthAnotherTry(failures: number, error: unknown): boolean {
  const code = problemOf(error)?.code;
  return failures < 2 && (code === undefined || code === 'busy' || code === 'timeout' || code === 'unreachable');
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session ended during the person's work. The sign-in screen says so, and the day comes back after the sign-in.
      if (problemOf(error)?.code === 'unauthenticated') endSession();
    },
  }),
  defaultOptions: {
    queries: {
      // navigator.onLine does not count: the desk's server may be in the same building.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: isWorthAnotherTry,
      retryDelay: (attempt) => 400 * 2 ** attempt,
    },
    mutations: { networkMode: 'always' },
  },
});

/** This desk's id, and the person who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: () => ask('describe', {}),
  staleTime: Number.POSITIVE_INFINITY,
});

export function endSession(): void {
  queryClient.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, person: null });
}

export const daysKey = ['day'] as const;

/** One day of one site, as the desk knows it. The day stays fresh until the desk reports a change. */
export function dayQuery(siteId: string, date: string) {
  return queryOptions({
    queryKey: [...daysKey, siteId, date],
    queryFn: () => ask('readDay', { siteId, date }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    structuralSharing: (before, after) => reuseUnchanged(before as DeskDay | undefined, after as DeskDay),
  });
}

/** Reads the days on the screen again. Days off the screen are read when they are next opened. */
export async function readDaysAgain(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: daysKey });
}

/** Whether a day was read, and nothing is open or booked on it. False for a day that was not read. */
export function isKnownClosed(siteId: string, date: string): boolean {
  const day = queryClient.getQueryData(dayQuery(siteId, date).queryKey);
  return day !== undefined && day.view.openRuns.length + day.view.appointments.length === 0;
}

export const patientsKey = ['patients'] as const;

export function patientSearchQuery(query: string) {
  return queryOptions({
    queryKey: [...patientsKey, query],
    queryFn: () => ask('searchPatients', { query }),
    enabled: query.length >= minSearchLength,
    staleTime: 30_000,
    // The last hits stay until the next ones arrive: a list that blinks at each letter cannot be read.
    placeholderData: (previous) => previous,
  });
}

export const outboxKey = ['outbox'] as const;

export const waitlistsKey = ['waitlist'] as const;

export function waitlistQuery(siteId: string) {
  return queryOptions({
    queryKey: [...waitlistsKey, siteId],
    queryFn: () => ask('readWaitlist', { siteId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The source of the desk's data. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => ask('readSetup', {}),
  staleTime: 0,
});
