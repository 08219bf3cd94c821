import { useQueries } from '@tanstack/react-query';

import type { Patient } from '../../core/calendar/appointment.ts';
import { likelyDuplicates } from '../../core/domain/patients/likely-duplicates.ts';
import { patientSearchQuery } from '../api/queries.ts';
import { useDebounced } from '../ui/use-debounced.ts';

export interface LikelyDuplicates {
  /** The likeliest first. */
  readonly found: readonly Patient[];
  /** Who is known has not been answered yet for what is typed now. */
  readonly isLooking: boolean;
}

/**
 * Who of the known patients the candidate may be. Looks for the name, the birth date and the phone one by one, because
 * each may be the one that has the slip. Without the server the desk looks among the patients that it keeps.
 */
export function useLikelyDuplicates(candidate: Patient): LikelyDuplicates {
  const typed = [candidate.displayName, candidate.birthDate, candidate.phone];
  const settled = [
    useDebounced(candidate.displayName),
    useDebounced(candidate.birthDate),
    useDebounced(candidate.phone),
  ];
  // Nothing typed yet is the same question three times.
  const searches = useQueries({ queries: [...new Set(settled)].map((text) => patientSearchQuery(text)) });
  const known = new Map(searches.flatMap(({ data = [] }) => data.map((patient) => [patient.patientId, patient])));
  return {
    found: likelyDuplicates(candidate, [...known.values()]),
    isLooking: searches.some(({ isFetching }) => isFetching) || settled.some((text, at) => text !== typed[at]),
  };
}
