/**
 * The limits of a booking, and their only home: schemas, decisions and screens import them. Where a CHECK of the database
 * says the same (a CHECK takes no parameter), a test compares the two.
 */

/** The longest visit, in minutes: twelve hours. */
export const maxVisitMinutes = 720;

/**
 * How long a person can take a command back, in seconds. A message to a patient waits at least as long, so that nobody hears
 * of what is undone.
 */
export const undoSeconds = 10;

/** How many free placements a conflict names. */
export const maxAlternatives = 5;
