/** What is kept for how many days; docs/architecture.md, "What is kept for how long". Commands: command-age.ts. */
export const changesKeptDays = 30;
/** After its end, or after it expired. */
export const sessionsKeptDays = 30;
/** After it expired, used or not. */
export const deskPairingsKeptDays = 30;
