import type { BlockerView } from '../../core/calendar/conflict.ts';
import { quartersOf } from '../../core/domain/time/interval.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { zonedInstant } from '../../core/domain/time/zoned.ts';
import type { Clash } from '../commands/clash-store.ts';
import { makeCommand, type Identity } from '../commands/make-command.ts';
import { sendCommand } from '../commands/send-command.ts';
import { askAgain } from './rebook.ts';

type TakenProvider = Extract<BlockerView, { reason: 'taken' }>;

/**
 * The one blocker that one more seat would remove: a visit of the provider, with no other blocker beside it. A second seat
 * does not make a second room.
 */
export function raisableBlocker(blockers: readonly BlockerView[]): TakenProvider | null {
  const [blocker] = blockers;
  return blockers.length === 1 && blocker?.reason === 'taken' && blocker.kind === 'provider' ? blocker : null;
}

/**
 * Gives the provider's taken slots a second seat, and sends the refused command again as a new one. The server decides on it
 * by the new number of seats.
 */
export async function raiseAndAskAgain(
  identity: Identity,
  clash: Clash,
  blocker: TakenProvider,
  timeZone: string,
  reason: string,
): Promise<void> {
  const slots = { start: quarterOf(blocker.startsAt), end: quarterOf(blocker.endsAt) };
  const typed = makeCommand('raise-capacity', identity, {
    resourceId: blocker.resourceId,
    slotStarts: quartersOf(slots).map((quarter) => zonedInstant(quarter, timeZone)),
    capacity: 2,
    reason,
  });
  const { kind } = await sendCommand({ typed, expected: null, patient: null, seen: clash.entry.seen });
  if (kind === 'done') await askAgain(identity, clash);
}
