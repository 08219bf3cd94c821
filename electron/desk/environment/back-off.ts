export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubled each time up to a limit, of which a random half is
 * taken away, so that desks that lost the server together do not come back together.
 */
export function backOffMs({ firstMs, maxMs }: BackOff, attempt: number, random: number): number {
  const whole = Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
  return whole / 2 + (whole / 2) * random;
}
