import type { Appointment } from '../../../core/calendar/appointment.ts';
import { isRegistration } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import { overlaps } from '../../../core/domain/time/interval.ts';
import { quarterOf } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import { keptStretch, loadAppointment, writeAppointment, type Stretch } from '../store/appointments.ts';
import { loadPosition } from '../store/cursor.ts';
import { loadHeldStretches } from '../store/held-days.ts';
import { markConfirmed, markRefused, type StoredCommand } from '../store/outbox.ts';
import { removePatient, writePatient } from '../store/patients.ts';
import { inTransaction } from '../store/prepared.ts';
import { markStale } from '../store/stale-days.ts';
import { refusedParentOf } from './followers.ts';

/** What a verdict changes on the shown calendar. */
export interface CalendarEffect {
  /** The stretches where the calendar now differs from what was shown. */
  readonly touched: readonly Stretch[];
  /** Whether a day must be read anew. */
  readonly wentStale: boolean;
}

interface When {
  readonly decidedAt: string;
}

/** The stretches that visits keep. */
function stretchesOf(...visits: readonly (Appointment | null | undefined)[]): Stretch[] {
  return visits.flatMap((visit) => (visit ? { siteId: visit.siteId, ...keptStretch(visit) } : []));
}

/** The stretches where a command's forecast was laid over the server's calendar. */
export function stretchesShownBy({ typed, expected }: Pick<StoredCommand, 'typed' | 'expected'>): Stretch[] {
  return isRegistration(typed) ? [] : stretchesOf(expected);
}

/**
 * Stores in one transaction that a command was done, and the visit as the command left it: the provisional visit stays on the
 * screen as a decided one. A command that was confirmed before changes no row: the restored server's feed does that.
 */
export function settleDone(
  store: Store,
  stored: StoredCommand,
  { appointment }: Outcome,
  { decidedAt }: When,
): CalendarEffect {
  const { orgId, typed, expected, patient } = stored;
  return inTransaction(store, () => {
    const epoch = loadPosition(store, orgId)?.epoch ?? null;
    markConfirmed(store, typed.command.commandId, { decidedAt, epoch });
    if ('slotStarts' in typed.command.body) return raised(store, orgId, typed.command.body.slotStarts);
    const before = appointment && loadAppointment(store, orgId, appointment.appointmentId);
    if (appointment && epoch !== null && stored.decidedAt === null && (before || isHeld(store, orgId, appointment))) {
      writeAppointment(store, orgId, appointment, { epoch, position: null });
      if (patient) writePatient(store, orgId, patient);
    }
    return { touched: stretchesOf(before, appointment, expected), wentStale: false };
  });
}

/** Stores that a command was refused. `resolution` not null: no person has to deal with the refusal. */
export function settleRefused(
  store: Store,
  stored: StoredCommand,
  problem: Problem,
  { decidedAt, resolution }: When & { readonly resolution: string | null },
): CalendarEffect {
  const { orgId, typed, expected } = stored;
  return inTransaction(store, () => {
    const epoch = loadPosition(store, orgId)?.epoch ?? null;
    const parent = refusedParentOf(store, stored);
    markRefused(store, typed.command.commandId, {
      problem,
      decidedAt,
      epoch,
      followsCommandId: parent?.commandId ?? null,
      resolution: resolution ?? (parent?.isResolved ? 'with-parent' : null),
    });
    if (isRegistration(typed)) removePatient(store, orgId, stored.lane);
    const isCurrentKnown = problem.code === 'stale-version' || problem.code === 'status-conflict';
    const current = isCurrentKnown ? problem.data.current : null;
    const before = current && loadAppointment(store, orgId, current.appointmentId);
    if (current && before && epoch !== null) writeAppointment(store, orgId, current, { epoch, position: null });
    return { touched: stretchesOf(before, current, expected), wentStale: false };
  });
}

function isHeld(store: Store, orgId: string, appointment: Appointment): boolean {
  const stretch = keptStretch(appointment);
  return loadHeldStretches(store, orgId).some((day) => day.siteId === appointment.siteId && overlaps(day, stretch));
}

/** Open slots are part of a day's frame, which is read anew. */
function raised(store: Store, orgId: string, slotStarts: readonly string[]): CalendarEffect {
  const starts = slotStarts.map(quarterOf);
  const window = { start: Math.min(...starts), end: Math.max(...starts) + 1 };
  const siteIds = new Set(loadHeldStretches(store, orgId).map(({ siteId }) => siteId));
  const touched = [...siteIds].map((siteId) => ({ siteId, ...window }));
  for (const stretch of touched) markStale(store, orgId, stretch);
  return { touched, wentStale: true };
}
