import { setTimeout as pause } from 'node:timers/promises';

import { compareDay } from './history/judge-desks.ts';
import type { Truth } from './history/load-truth.ts';
import type { TortureDesk } from './workload/torture-desk.ts';

/** What a desk still has to do, in words; null when there is nothing. */
async function stillBusy({ process }: TortureDesk): Promise<string | null> {
  const { answer } = await process.call('readStatus', {});
  if (!answer.ok) return `${process.name} does not tell its status: ${answer.problem.code}`;
  const { connection, waiting } = answer.value;
  if (connection !== 'online') return `${process.name} is ${connection}`;
  return waiting === 0 ? null : `${process.name} has ${waiting} undecided commands`;
}

/** Waits until every command of every desk is decided, for `withinMs` at most. Returns what is left to do then. */
export async function untilDecided(desks: readonly TortureDesk[], withinMs: number): Promise<string[]> {
  return within(withinMs, async () => {
    const left = await Promise.all(desks.map(stillBusy));
    return left.filter((one) => one !== null);
  });
}

/**
 * Waits until every desk's days equal the server's. Returns the differences that are left after `withinMs`. The days are
 * read by the same call as a page uses. A day must come from the desk's store, be current, and show nothing provisional.
 */
export async function untilSame(
  desks: readonly TortureDesk[],
  siteId: string,
  dates: readonly string[],
  truth: Truth,
  withinMs: number,
): Promise<string[]> {
  return within(withinMs, async () => {
    const differences = await Promise.all(
      desks.map(async ({ process }) => {
        const found: string[] = [];
        for (const date of dates) {
          const { answer } = await process.call('readDay', { siteId, date });
          if (!answer.ok) found.push(`${date} cannot be read: ${answer.problem.code}`);
          else {
            const { view, provisional } = answer.value;
            if (provisional.length > 0) found.push(`${date} shows ${provisional.length} provisional visits`);
            found.push(...compareDay(view, truth));
          }
        }
        return found.map((difference) => `${process.name}: ${difference}`);
      }),
    );
    return differences.flat();
  });
}

async function within(withinMs: number, look: () => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    const left = await look();
    if (left.length === 0 || performance.now() > until) return left;
    await pause(250);
  }
}
