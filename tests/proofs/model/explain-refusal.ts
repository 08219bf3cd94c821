import { isDeepStrictEqual } from 'node:util';

import type { AlternativeView, BlockerView, Conflict } from '../../../core/calendar/conflict.ts';
import { takesSlots } from '../../../core/commands/list.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { instantOf, quarterOf, quartersIn } from '../../../core/domain/time/quarter.ts';
import { inTheWay, slotKey, type Calendar, type Wish } from './calendar-model.ts';
import { refusalsOf, wishOfBooking, wishOfMove, wishOfReinstating, type Refusal } from './rules.ts';
import type { Delivery } from './run-plan.ts';

export interface Circumstances {
  /** The calendars between the sending of the command and its answer. */
  readonly moments: readonly Calendar[];
  /** The calendars between the sending and its own verdict; null when the verdict of another sending stands. */
  readonly untilVerdict: readonly Calendar[] | null;
  /** The sending whose commit stands in the database under this command's id. */
  readonly first: Delivery | undefined;
}

/** How often `withSerializable` runs a transaction, and how often a booking is decided afresh after a lost slot. */
const maxAttempts = 10;
const maxDecisions = 5;

/** The blockers of an answer in the form of the model's lines: one line for each quarter. */
function linesOf(blockers: readonly BlockerView[]): string[] {
  return blockers
    .flatMap((blocker) => {
      if (blocker.reason === 'none-suitable') return [`none-suitable ${blocker.kind}`];
      const start = quarterOf(blocker.startsAt);
      const quarters = Array.from({ length: quarterOf(blocker.endsAt) - start }, (_, n) => start + n);
      return quarters.map((quarter) => {
        if (blocker.reason === 'patient-busy') return `patient-busy ${instantOf(quarter)} in ${blocker.appointmentId}`;
        const slot = slotKey(blocker.resourceId, quarter);
        return blocker.reason === 'closed' ? `closed ${slot}` : `taken ${slot} by ${blocker.appointmentId}`;
      });
    })
    .toSorted();
}

/**
 * Whether the refusal was due in one of the calendars. The command may have seen its visit, and the command that it follows,
 * in an earlier calendar.
 */
function wasDue(delivery: Delivery, moments: readonly Calendar[], due: (refusal: Refusal) => boolean): boolean {
  return moments.some((calendar, n) =>
    moments.slice(0, n + 1).some((seen) => refusalsOf(calendar, delivery.typed, seen).some(due)),
  );
}

/** The wish of a booking or a move in one calendar; null when its service or visit is not there. */
function wishAt(calendar: Calendar, { typed }: Delivery): Wish | null {
  if (typed.type === 'book') return wishOfBooking(calendar, typed.command.body);
  if (typed.type !== 'move' && typed.type !== 'reinstate' && typed.type !== 'un-no-show') return null;
  const visit = calendar.visits.get(typed.command.body.appointmentId);
  if (!visit) return null;
  return typed.type === 'move' ? wishOfMove(calendar, visit, typed.command.body) : wishOfReinstating(calendar, visit);
}

/** The complaint about the alternatives of a conflict; null when one calendar had all of them free. */
function judgeAlternatives(delivery: Delivery, { alternatives }: Conflict, moments: readonly Calendar[]) {
  const { typed } = delivery;
  const keepsItsOwn = typed.type === 'move' || typed.type === 'un-no-show';
  const leaving = keepsItsOwn ? typed.command.body.appointmentId : undefined;
  const isFreeAt = (calendar: Calendar, wish: Wish, alternative: AlternativeView) => {
    const { providerId, roomId, equipmentId, scheduledStart, durationMinutes } = alternative;
    const start = quarterOf(scheduledStart);
    const end = start + quartersIn(durationMinutes);
    const there = { ...wish, providerId, roomId, equipmentId, start, end };
    return inTheWay(calendar, there, leaving).length === 0;
  };
  const wereAllFree = moments.some((calendar) => {
    const wish = wishAt(calendar, delivery);
    return wish !== null && alternatives.every((alternative) => isFreeAt(calendar, wish, alternative));
  });
  return wereAllFree ? null : `was offered what was not free: ${JSON.stringify(alternatives)}`;
}

/** The complaint about a refusal that was due in no calendar, or that says something untrue; null when it is in order. */
export function explainRefusal(
  delivery: Delivery,
  problem: Problem,
  { moments, untilVerdict, first }: Circumstances,
): string | null {
  const { failures, typed } = delivery;
  switch (problem.code) {
    case 'busy': {
      const mayDecideAfresh = takesSlots(typed.type);
      const due = failures.length >= (mayDecideAfresh ? maxDecisions : maxAttempts);
      return due ? null : `was told to come back after no more than ${failures.join(' ')}`;
    }
    case 'command-reused':
      return first && first.content !== delivery.content && (first.commit ?? 0) < delivery.to
        ? null
        : 'was refused as another command under a known id, and there was no other';
    case 'invalid-input':
      return wasDue(delivery, moments, ({ code }) => code === 'invalid-input')
        ? null
        : 'was refused because of a visit with its id, and there was none';
    case 'conflict': {
      const says = linesOf(problem.data.blockers);
      const isDue = (refusal: Refusal) => refusal.code === 'conflict' && isDeepStrictEqual(refusal.says, says);
      if (untilVerdict && !wasDue(delivery, untilVerdict, isDue)) {
        return `was refused for ${says.join('; ')}, which was never so`;
      }
      return judgeAlternatives(delivery, problem.data, moments);
    }
    case 'stale-version':
    case 'status-conflict': {
      const { current } = problem.data;
      const wasCurrent = moments.some((calendar) =>
        isDeepStrictEqual(calendar.visits.get(current.appointmentId), current),
      );
      if (!wasCurrent) return `was shown a visit as it never was: ${JSON.stringify(current)}`;
      break;
    }
    case 'refused':
    case 'not-found':
      break;
    default:
      return `was refused as ${problem.code}`;
  }
  const says = problem.code === 'refused' ? [problem.data.reason] : [];
  const isDue = (refusal: Refusal) => refusal.code === problem.code && isDeepStrictEqual(refusal.says, says);
  return untilVerdict && !wasDue(delivery, untilVerdict, isDue)
    ? `was refused as ${problem.code} ${says.join('')}, which was due at no moment`
    : null;
}
