import type { DeskEvent } from '../../core/contract/desk/calls.ts';
import { coalesced } from './coalesce.ts';
import { ask, requireDesk } from './desk.ts';
import { dayQuery, daysKey, outboxKey, patientsKey, queryClient, sessionKey, waitlistsKey } from './queries.ts';
import { currentStatus, keepStatus } from './status.ts';

/** Long enough for a handful of news, too short to be noticed; two seconds where it comes by the hundred. */
const pauses = { firstMs: 100, maxMs: 2_000 };
/** Of what the pill counts: each number that it shows is a frame to paint. */
const statusPauses = { firstMs: 100, maxMs: 500 };
/**
 * After hours offline the pill alone says how the sending goes on. To draw each handful of hundreds meanwhile would take
 * the cores from the desk that sends and from whoever is at work at this page, for a picture that is old when it is painted.
 */
const manyWaiting = 5;
const maxHeldMs = 10_000;
/** Decisions. Hundreds that were held back would hold the screen up if they were taken in at once; 400 are all in within a second. */
const maxTakenIn = 50;

type Decided = Extract<DeskEvent, { type: 'decided' }>;

/**
 * Keeps queries and the desk's status true to what the desk tells. A day that changed is read again behind what is
 * shown; days that nobody looks at are only marked, and read when they are next opened.
 */
export function listenToDesk(onDecided: (events: readonly Decided[]) => void): void {
  let newest = currentStatus();
  const takeStatus = coalesced(() => keepStatus(newest), statusPauses);

  const decided: Decided[] = [];
  let everyDay = false;
  const changedDays = new Map<string, { readonly siteId: string; readonly date: string }>();
  let outboxChanged = false;
  // What was decided first: it is in the day then before the outbox, read anew, lets go of what waited.
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

/** What could not be read while the server was away is read as soon as it is back, without a click. */
function readFailedAgain(): void {
  for (const queryKey of [sessionKey, daysKey, waitlistsKey]) {
    void queryClient.refetchQueries({
      queryKey,
      type: 'active',
      predicate: (query) => query.state.error !== null,
    });
  }
}
