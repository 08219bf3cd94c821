import { z } from 'zod';

import { maxVisitMinutes } from '../domain/bookings/limits.ts';
import { minutesPerQuarter } from '../domain/time/quarter.ts';

/** How long a visit lasts, in minutes. */
export const durationMinutes = z
  .int()
  .min(minutesPerQuarter)
  .max(maxVisitMinutes)
  .multipleOf(minutesPerQuarter, { error: 'A visit lasts a multiple of 15 minutes.' });
