import { arrivals } from './en/arrivals.ts';
import { booking, registration, visit } from './en/bookings.ts';
import { calendar, status } from './en/calendar.ts';
import { conflict } from './en/conflicts.ts';
import { frame } from './en/frame.ts';
import { desk, outbox, undo } from './en/outbox.ts';
import { daySheet } from './en/print.ts';
import { done, problems } from './en/problems.ts';
import { askAtTheDesk, signIn } from './en/sessions.ts';
import { setup } from './en/setup.ts';
import { shortcuts } from './en/shortcuts.ts';
import { waitlist } from './en/waitlist.ts';

/** Every word on the screen, in folders like the source. core/domain/terms.ts lists the words of the product. */
export const en = {
  arrivals,
  askAtTheDesk,
  booking,
  calendar,
  conflict,
  daySheet,
  desk,
  done,
  frame,
  outbox,
  problems,
  registration,
  setup,
  shortcuts,
  signIn,
  status,
  undo,
  visit,
  waitlist,
} as const;
