import { useQueries } from '@tanstack/react-query';

import type { Patient } from '../../core/calendar/appointment.ts';
import { likelyDuplicates } from '../../core/domain/patients/likely-duplicates.ts';
import { patientSearchQuery } from '../api/queries.ts';
import { useDebounced } from '../ui/use-debounced.ts';

export interface LikelyDuplicates {
  /** The most likely patient first. */
  readonly found: readonly Patient[];
  /** The answer for the fields as typed now is not here yet. */
  readonly isLooking: boolean;
}

/**
 * The known patients who may be the candidate. Name, birth date and phone are searched one by one, because each may be the
 * mistyped one. Without the server the desk searches the patients that it keeps.
 */
export function useLikelyDuplicates(candidate: Patient): LikelyDuplicates {
  const typed = [candidate.displayName, candidate.birthDate, candidate.phone];
  const settled = [
    useDebounced(candidate.displayName),
    useDebounced(candidate.birthDate),
    useDebounced(candidate.phone),
  ];
  // Three empty fields are the same search three times.
  const searches = useQueries({ queries: [...new Set(settled)].map((text) => patientSearchQuery(text)) });
  const known = new Map(searches.flatMap(({ data = [] }) => data.map((patient) => [patient.patientId, patient])));
  return {
    found: likelyDuplicates(candidate, [...known.values()]),
    isLooking: searches.some(({ isFetching }) => isFetching) || settled.some((text, at) => text !== typed[at]),
  };
}
