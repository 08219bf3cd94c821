import type { Change, Changes } from '../../../core/calendar/calendar.ts';
import { holdsSlots } from '../../../core/domain/statuses.ts';
import {
  comparePositions,
  hasAllBefore,
  readCursor,
  writeCursor,
  type FeedPosition,
} from '../../../core/domain/sync/feed-position.ts';
import { overlaps } from '../../../core/domain/time/interval.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import {
  keptStretch,
  loadAppointment,
  loadVisitsOf,
  writeAppointment,
  type Provenance,
  type Stretch,
} from '../store/appointments.ts';
import { loadCaughtUpAt, loadPosition, writeCaughtUpAt, writePosition } from '../store/cursor.ts';
import { loadHeldStretches, type HeldStretch } from '../store/held-days.ts';
import { sendAgain } from '../store/outbox.ts';
import { loadPatient, writePatient } from '../store/patients.ts';
import { inRepeatableTransaction } from '../store/prepared.ts';
import { sortableOf } from '../store/sortable-position.ts';
import { markAllStale, markStale, markStaleWithout } from '../store/stale-days.ts';

/** What an answer of the feed changed on the desk. */
export interface Applied {
  /** Stretches of time that are no longer as they were read. */
  readonly touched: readonly Stretch[];
  /** Held days that must be read again. */
  readonly wentStale: readonly { readonly siteId: string; readonly date: string }[];
  readonly patientsChanged: boolean;
  readonly waitlistChanged: boolean;
  readonly reset: boolean;
  /** The server has another history: the commands that the old one confirmed are sent again. */
  readonly otherHistory: boolean;
}

interface Answer {
  /** The answer has everything that comes after this cursor. */
  readonly from: string;
  readonly changes: Changes;
  /** The instant (RFC 3339, UTC) at which the desk has the whole feed; null where more is to come, or the desk did not ask. */
  readonly caughtUpAt: string | null;
}

/**
 * Applies an answer of the feed in one transaction: its rows, each by its version, and its cursor. Applying an answer twice
 * changes nothing. Returns null, and changes nothing, where the answer must be forgotten: the desk does not have everything
 * that comes before the answer, or the desk's cursor was set back since it asked.
 */
export function applyChanges(store: Store, orgId: string, { from, changes, caughtUpAt }: Answer): Applied | null {
  const reached = readCursor(changes.cursor);
  if (!reached) return null;
  return inRepeatableTransaction(store, () => {
    const stored = loadPosition(store, orgId);
    if (!isToBeTaken(stored, from, changes)) return null;
    const isKnown = !changes.reset && stored !== null && comparePositions(reached, stored) < 0;
    const applied = changes.reset
      ? beginAnew(store, orgId, stored, reached)
      : takeIn(store, orgId, isKnown ? [] : changes.changes, { epoch: reached.epoch, position: sortableOf(reached) });
    if (!isKnown && changes.cursor !== from) writePosition(store, orgId, reached);
    if (caughtUpAt !== null && !changes.reset) writeCaughtUpAt(store, orgId, caughtUpAt);
    return applied;
  });
}

/** A feed that begins anew (`reset`) must answer the cursor that the desk has now. */
function isToBeTaken(stored: FeedPosition | null, from: string, { reset }: Changes): boolean {
  if (reset) return from === (stored ? writeCursor(stored) : '');
  const start = readCursor(from);
  return stored !== null && start !== null && hasAllBefore(stored, start);
}

function beginAnew(store: Store, orgId: string, stored: FeedPosition | null, reached: FeedPosition): Applied {
  const otherHistory = stored !== null && stored.epoch !== reached.epoch;
  markAllStale(store, orgId, loadCaughtUpAt(store, orgId));
  if (otherHistory) sendAgain(store, orgId, reached.epoch);
  return { touched: [], wentStale: [], patientsChanged: true, waitlistChanged: true, reset: true, otherHistory };
}

function takeIn(store: Store, orgId: string, changes: readonly Change[], provenance: Provenance): Applied {
  const held = loadHeldStretches(store, orgId);
  const touched: Stretch[] = [];
  const wentStale: { siteId: string; date: string }[] = [];
  let patientsChanged = false;

  for (const change of changes) {
    if (change.entity === 'patient') {
      patientsChanged = true;
      const isNews =
        change.patient !== null &&
        loadPatient(store, orgId, change.entityId) !== null &&
        writePatient(store, orgId, change.patient);
      if (isNews) touched.push(...loadVisitsOf(store, orgId, change.entityId));
    } else if (change.entity !== 'waitlist') {
      const stretch = {
        siteId: change.siteId,
        start: quarterDuring(change.touchesFrom),
        end: quarterDuring(change.touchesUntil),
      };
      const stale =
        change.entity === 'slots'
          ? markStale(store, orgId, stretch)
          : takeVisit(store, orgId, change, { held, provenance });
      if (stale) touched.push(stretch);
      for (const date of stale ?? []) wentStale.push({ siteId: change.siteId, date });
    }
  }
  const waitlistChanged = changes.some(({ entity }) => entity === 'waitlist');
  return { touched, wentStale, patientsChanged, waitlistChanged, reset: false, otherHistory: false };
}

/** Applies a visit. Returns the dates that went stale by it; null where the visit brings nothing new. */
function takeVisit(
  store: Store,
  orgId: string,
  { appointment, patient }: Extract<Change, { entity: 'appointment' }>,
  { held, provenance }: { readonly held: readonly HeldStretch[]; readonly provenance: Provenance },
): string[] | null {
  const stretch = { siteId: appointment.siteId, ...keptStretch(appointment) };
  const isHeld = held.some((day) => day.siteId === stretch.siteId && overlaps(day, stretch));
  const isNewPatient =
    patient !== null &&
    (isHeld || loadPatient(store, orgId, patient.patientId) !== null) &&
    writePatient(store, orgId, patient);
  if (!isHeld && !loadAppointment(store, orgId, appointment.appointmentId)) return [];
  // The store may have the visit without its patient: the answer to a command brings it so.
  if (!writeAppointment(store, orgId, appointment, provenance)) return isNewPatient ? [] : null;
  const { providerId, roomId, equipmentId, serviceId } = appointment;
  const ids = [providerId, roomId, equipmentId, serviceId].filter((named) => named !== null);
  return holdsSlots(appointment.status) ? markStaleWithout(store, orgId, stretch, ids) : [];
}
