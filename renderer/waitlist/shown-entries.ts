import type { DayView } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import type { WaitlistEntry } from '../../core/contract/waitlist.ts';
import { compareEntries } from '../../core/domain/waitlist/order.ts';

/** A waitlist entry as the panel shows it. */
export interface ShownEntry extends WaitlistEntry {
  /** The server has not taken the entry in yet. */
  readonly isProvisional: boolean;
}

/** The server's latest list with this desk's undecided changes: the most urgent first, then the longest waiting. */
export function shownEntries(
  known: readonly WaitlistEntry[],
  outbox: readonly OutboxEntry[],
  view: DayView,
): ShownEntry[] {
  const undecided = outbox.filter(({ state }) => state !== 'refused');
  const left = new Set(
    undecided.flatMap(({ typed }) => (typed.type === 'leave-waitlist' ? [typed.command.body.waitlistEntryId] : [])),
  );
  const isKnown = (id: string) => known.some(({ waitlistEntryId }) => waitlistEntryId === id);
  const joined = undecided.flatMap(({ typed, patient }): ShownEntry[] => {
    if (typed.type !== 'join-waitlist') return [];
    const { body, madeAt } = typed.command;
    if (isKnown(body.waitlistEntryId) || body.siteId !== view.site.siteId) return [];
    const serviceName = view.services.find(({ serviceId }) => serviceId === body.serviceId)?.name ?? '';
    return [{ ...body, patient, serviceName, createdAt: madeAt, isProvisional: true }];
  });
  return [...known.map((entry) => ({ ...entry, isProvisional: false })), ...joined]
    .filter(({ waitlistEntryId }) => !left.has(waitlistEntryId))
    .toSorted(compareEntries);
}
