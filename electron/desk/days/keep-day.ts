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
 * Rows of one transaction. A transaction takes some twenty milliseconds, and the page's calls are answered between two of
 * them. With 300 rows a window takes a sixth longer: each transaction encrypts anew the database pages that it touches.
 */
const rowsAtOnce = 800;

/**
 * Holds a day as the server gave it. The rows are written in parts, each row by its version, so that what the feed or a
 * command of this desk brought meanwhile stays. The last part, in one transaction, makes the day held, removes the visits
 * that the snapshot does not have, and sets the feed back to the snapshot's position if that is behind the feed. After a
 * crash between two parts the day is not held, and is read again.
 * Returns `other-history` where the server's feed has another epoch than the desk's: the caller pulls the feed first. Returns
 * `no-cursor` where the view has no cursor that this desk understands.
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
