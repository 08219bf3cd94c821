/**
 * FNV-1a over UTF-16 units, finished by MurmurHash3's fmix32. FNV-1a alone gives nearly the same high bits to ids that
 * differ in their last characters only, and the high bits decide which weight is the highest.
 */
function weightOf(appointmentId: string, resourceId: string): number {
  const text = `${appointmentId}/${resourceId}`;
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) {
    hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The candidates in the order in which an appointment prefers them, by rendezvous hashing (Thaler and Ravishankar 1998).
 * The same appointment always prefers the same candidates, whatever the others are; different appointments mostly prefer
 * different ones. So a command that is decided again chooses as before, and two desks that book at once rarely want the
 * same room.
 */
export function inOrderOfPreference(candidateIds: readonly string[], appointmentId: string): string[] {
  return candidateIds
    .map((resourceId) => ({ resourceId, weight: weightOf(appointmentId, resourceId) }))
    .toSorted((a, b) => b.weight - a.weight || (a.resourceId < b.resourceId ? -1 : 1))
    .map(({ resourceId }) => resourceId);
}

/** The candidate that an appointment prefers; null where there is none. The order of `candidateIds` does not matter. */
export function chooseResource(candidateIds: readonly string[], appointmentId: string): string | null {
  return inOrderOfPreference(candidateIds, appointmentId)[0] ?? null;
}
