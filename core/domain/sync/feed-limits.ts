/** The most changes that a poke brings along: fewer than `longAnswerChanges`, so that a desk takes them for all there are. */
export const maxNewsChanges = 50;

/** The most changes in one answer to a pull: at least `longAnswerChanges`, so that a desk pulls again where more follow. */
export const maxPulledChanges = 500;

/** From this many changes on a desk takes an answer for one that the server may have cut short, and pulls again. */
export const longAnswerChanges = 100;
