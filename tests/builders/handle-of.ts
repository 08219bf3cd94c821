/** A handle for an organization of a test. The id ends at random, so no two organizations share the handle. */
export function handleOf(orgId: string): string {
  return `c${orgId.slice(-11)}`;
}
