import { arrivals } from './en/arrivals.ts';
import { booking, registration, visit } from './en/bookings.ts';
import { calendar, status } from './en/calendar.ts';
import { conflict } from './en/conflicts.ts';
import { frame } from './en/frame.ts';
import { done, problems } from './en/problems.ts';
import { signIn } from './en/sessions.ts';
import { shortcuts } from './en/shortcuts.ts';

/** Every word on the screen, in folders like the source. The words of the product are those of core/domain/terms.ts. */
export const en = {
  arrivals,
  booking,
  calendar,
  conflict,
  done,
  frame,
  problems,
  registration,
  shortcuts,
  signIn,
  status,
  visit,
} as const;
