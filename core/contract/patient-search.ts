import { z } from 'zod';

import { maxSearchLength, minSearchLength } from '../domain/patients/search-limits.ts';
import { text } from '../primitives/texts.ts';

/** What a patient search asks: a name, a birth date or a phone number, or several of them. */
export const patientSearch = z.strictObject({
  query: text(maxSearchLength).min(minSearchLength, { error: 'Type at least two characters.' }),
});
