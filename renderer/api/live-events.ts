import type { DeskEvent } from '../../core/contract/desk/calls.ts';
import { coalesced } from './coalesce.ts';
import { ask, requireDesk } from './desk.ts';
import { dayQuery, daysKey, outboxKey, patientsKey, queryClient, sessionKey, waitlistsKey } from './queries.ts';
import { currentStatus, keepStatus } from './status.ts';

/**
 * 100 ms collect a burst of events and are too short to be noticed. Hundreds of events are read every two seconds at most.
 */
const pauses = { firstMs: 100, maxMs: 2_000 };
/** The pauses between two counts in the pill: each number that the pill shows is a frame to paint. */
const statusPauses = { firstMs: 100, maxMs: 500 };
/**
 * More waiting commands than this hold the day back while they are sent; only the pill shows the progress then. Drawing each
 * batch of hundreds would take the cores from the sending desk and from the person at this page, for a picture that is old
 * when it is painted.
 */
const manyWaiting = 5;
const maxHeldMs = 10_000;
/**
 * Decisions for each run. Hundreds of held decisions taken in at once would block the page; in batches of 50, 400 take less
 * than a second.
 */
const maxTakenIn = 50;

type Decided = Extract<DeskEvent, { type: 'decided' }>;

/**
 * Keeps queries and status up to date with the desk's events. A changed day on the screen is read again in the background. A
 * changed day off the screen is only marked, and read when it is next opened.
 */
export function listenToDesk(onDecided: (events: readonly Decided[]) => void): void {
  let newest = currentStatus();
  const takeStatus = coalesced(() => keepStatus(newest), statusPauses);

  const decided: Decided[] = [];
  let everyDay = false;
  const changedDays = new Map<string, { readonly siteId: string; readonly date: string }>();
  let outboxChanged = false;
  // Decisions come first, so that the day has them before the new outbox removes the waiting commands.
  const takeNews = () => {
    const events = decided.splice(0, maxTakenIn);
    if (events.length > 0) onDecided(events);
    if (decided.length > 0) return 'unfinished' as const;
    const days = everyDay
      ? [daysKey]
      : [...changedDays.values()].map(({ siteId, date }) => dayQuery(siteId, date).queryKey);
    everyDay = false;
    changedDays.clear();
    for (const queryKey of days) void queryClient.invalidateQueries({ queryKey });
    if (outboxChanged) void queryClient.invalidateQueries({ queryKey: outboxKey });
    outboxChanged = false;
    return undefined;
  };
  const isSendingMany = () => newest.connection === 'online' && newest.waiting > manyWaiting;
  const takeIn = coalesced(takeNews, pauses, { isHeld: isSendingMany, maxMs: maxHeldMs });

  requireDesk().listen((event) => {
    switch (event.type) {
      case 'days-changed':
        for (const date of event.dates) changedDays.set(`${event.siteId} ${date}`, { siteId: event.siteId, date });
        takeIn();
        break;
      case 'patients-changed':
        void queryClient.invalidateQueries({ queryKey: patientsKey });
        break;
      case 'waitlist-changed':
        void queryClient.invalidateQueries({ queryKey: waitlistsKey });
        break;
      case 'outbox-changed':
        outboxChanged = true;
        takeIn();
        break;
      case 'everything-changed':
        for (const queryKey of [sessionKey, patientsKey, waitlistsKey]) {
          void queryClient.invalidateQueries({ queryKey });
        }
        [everyDay, outboxChanged] = [true, true];
        takeIn();
        break;
      case 'status':
        newest = event.status;
        if (newest.connection === currentStatus().connection) takeStatus();
        else {
          keepStatus(newest);
          if (newest.connection === 'online') readFailedAgain();
        }
        break;
      case 'decided':
        decided.push(event);
        takeIn();
        break;
    }
  });
  void ask('readStatus', {}).then(keepStatus, () => {});
}

/** Reads failed queries again as soon as the server is back, without a click. */
function readFailedAgain(): void {
  for (const queryKey of [sessionKey, daysKey, waitlistsKey]) {
    void queryClient.refetchQueries({
      queryKey,
      type: 'active',
      predicate: (query) => query.state.error !== null,
    });
  }
}
