/** The days that a desk reads beforehand, counted from today in the zone of its home site; today comes besides. */
export const daysHeldBack = 1;
export const daysHeldAhead = 14;

/** How many days a held day outside of that window stays after a person last looked at it. */
export const lookedAtKeptDays = 7;

/** How many days a patient without a visit stays on a desk after a search last found them. */
export const searchedKeptDays = 30;

/** How many days a decided command stays in the outbox: a server that is restored from a backup has lost at most this much. */
export const decidedKeptDays = 14;
