import { quartersIn } from '../time/quarter.ts';

/**
 * The limits of a booking, and their only home: schemas, decisions and screens import them. Where a CHECK of the database
 * says the same (a CHECK takes no parameter), a test compares the two.
 */

/** The longest visit, in minutes: twelve hours. */
export const maxVisitMinutes = 720;

/** The longest buffer before or after a visit, in minutes: two hours. */
export const maxBufferMinutes = 120;

/** The longest time for which a visit keeps its provider, in quarters: the longest visit with both buffers. */
export const maxKeptQuarters = quartersIn(maxVisitMinutes + 2 * maxBufferMinutes);

/** How many slots one command raises at most: those of the longest visit. */
export const maxRaisedSlots = quartersIn(maxVisitMinutes);

/** The highest capacity to which a person may raise a slot. */
export const maxCapacity = 10;

/** The shortest and the longest reason for a raise, in UTF-16 units without blanks around. It stays in the audit trail. */
export const minReasonLength = 3;
export const maxReasonLength = 200;

/**
 * How long a person can take a command back, in seconds. A message to a patient waits at least as long, so that nobody hears
 * of what is undone.
 */
export const undoSeconds = 10;

/** How many free placements a conflict names. */
export const maxAlternatives = 5;
