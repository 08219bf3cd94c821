export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Milliseconds to wait before try number `attempt` (from 0). The wait doubles with each try up to `maxMs`. `random` (0 to 1)
 * chooses within its upper half, so that desks that lost the server together do not come back together.
 */
export function backOffMs({ firstMs, maxMs }: BackOff, attempt: number, random: number): number {
  const whole = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return whole / 2 + (whole / 2) * random;
}
