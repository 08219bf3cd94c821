/** How urgently the patient of a waitlist entry wants a time, the least urgent first. */
export const urgencies = ['routine', 'soon', 'urgent'] as const;
export type Urgency = (typeof urgencies)[number];

/** What decides an entry's place on the waitlist. `createdAt` is an RFC 3339 instant in UTC. */
interface Ranked {
  readonly urgency: Urgency;
  readonly createdAt: string;
  readonly waitlistEntryId: string;
}

/** The order of the waitlist: the most urgent entry first, then the entry that has waited longest, then by id. */
export function compareEntries(a: Ranked, b: Ranked): number {
  return (
    urgencies.indexOf(b.urgency) - urgencies.indexOf(a.urgency) ||
    compareText(a.createdAt, b.createdAt) ||
    compareText(a.waitlistEntryId, b.waitlistEntryId)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
