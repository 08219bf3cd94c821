import type { DayView } from '../../../core/calendar/calendar.ts';
import { readCursor } from '../../../core/domain/sync/feed-position.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import { defaultTimers } from '../environment/timers.ts';
import { removeVanished, writeAppointments } from '../store/appointments.ts';
import { goBackTo, loadPosition } from '../store/cursor.ts';
import { writeFrame, type Keeping } from '../store/held-days.ts';
import { writePatients } from '../store/patients.ts';
import { inRepeatableTransaction, inTransaction } from '../store/prepared.ts';
import { sortableOf } from '../store/sortable-position.ts';

/**
 * Rows of one transaction: it takes some twenty milliseconds, and calls of the page are answered between two of them. With
 * 300 a window takes a sixth longer, because pages that are written anew in each are encrypted anew.
 */
const rowsAtOnce = 800;

/**
 * Holds a day as the server gave it. Its rows are written in parts, each row by its version, so that what the feed or an
 * own command brought meanwhile stays; only the last part, in one transaction, makes the day held, takes out what the
 * snapshot does not have, and sets the feed back to where the snapshot stands, if it is behind. A crash in between leaves a
 * day that is read again.
 * Says `other-history` where the server's feed is of another epoch than the desk's: the feed is to be asked first.
 */
export async function keepDay(
  store: Store,
  orgId: string,
  view: DayView,
  keeping: Omit<Keeping, 'position'>,
  hooks: DeskHooks,
  { nextTurn } = defaultTimers,
): Promise<'kept' | 'other-history' | 'no-cursor'> {
  const position = readCursor(view.cursor);
  if (!position) return 'no-cursor';
  const provenance = { epoch: position.epoch, position: sortableOf(position) };
  const isOtherHistory = () => {
    const stored = loadPosition(store, orgId);
    return stored !== null && stored.epoch !== position.epoch;
  };

  const { appointments, patients } = view;
  const count = appointments.length + patients.length;
  for (let from = 0; from < count; from += rowsAtOnce) {
    const until = from + rowsAtOnce;
    const isKept = inRepeatableTransaction(store, () => {
      if (isOtherHistory()) return false;
      writeAppointments(store, orgId, appointments.slice(from, until), provenance);
      const before = appointments.length;
      writePatients(store, orgId, patients.slice(Math.max(0, from - before), Math.max(0, until - before)));
      return true;
    });
    if (!isKept) return 'other-history';
    await hooks['kept-part']?.();
    await nextTurn();
  }

  const stretch = { siteId: view.site.siteId, start: quarterOf(view.startsAt), end: quarterOf(view.endsAt) };
  const isHeld = inTransaction(store, () => {
    if (isOtherHistory()) return false;
    const appointmentIds = appointments.map(({ appointmentId }) => appointmentId);
    removeVanished(store, orgId, stretch, { ...provenance, appointmentIds });
    writeFrame(store, orgId, view, { ...keeping, position });
    goBackTo(store, orgId, position);
    return true;
  });
  if (!isHeld) return 'other-history';
  await hooks['kept-day']?.();
  return 'kept';
}
