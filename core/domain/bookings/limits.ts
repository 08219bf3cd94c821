/**
 * Limits of a booking, and their only home: schemas, decisions and screens take them from here. Where a wall of the database
 * says the same (a CHECK cannot take a parameter), a test compares the two.
 */

/** The longest visit, in minutes: twelve hours. */
export const maxVisitMinutes = 720;

/**
 * How long what was done can be taken back, in seconds, and how long a message to a patient waits at least: nobody is told of
 * what is undone.
 */
export const undoSeconds = 10;

/** How many free placements a conflict names. */
export const maxAlternatives = 5;
