/** The shortest and the longest text of a patient search, in UTF-16 units without blanks around. */
export const minSearchLength = 2;
export const maxSearchLength = 100;

/** How many patients a search gives. */
export const maxPatientsFound = 20;

/**
 * How many candidates a search compares. An index compares trigrams only; `rankPatients` decides which candidates are
 * nearest.
 */
export const maxPatientsCompared = 200;
