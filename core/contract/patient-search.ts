import { z } from 'zod';

import { maxSearchLength, minSearchLength } from '../domain/patients/search-limits.ts';

/** What a patient search asks: a name, a birth date or a phone number, or several of them. */
export const patientSearch = z.strictObject({
  query: z.string().trim().min(minSearchLength, { error: 'Type at least two characters.' }).max(maxSearchLength),
});
