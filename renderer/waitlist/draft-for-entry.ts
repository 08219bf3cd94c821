import type { DayView } from '../../core/calendar/calendar.ts';
import type { WaitlistEntry } from '../../core/contract/waitlist.ts';
import { quarterOf, type Quarter } from '../../core/domain/time/quarter.ts';
import { previewOf, type BookingDraft } from '../bookings/draft.ts';
import { newId } from '../commands/make-command.ts';

/**
 * A booking draft for an entry, at the first time of the shown day that fits one of its providers. Null where nothing fits,
 * or where this person may not see the patient.
 */
export function draftForEntry(view: DayView, entry: WaitlistEntry, now: Quarter): BookingDraft | null {
  const service = view.services.find(({ serviceId }) => serviceId === entry.serviceId);
  const { patient, providerIds, waitlistEntryId } = entry;
  if (!service || !patient) return null;
  const able = service.providerIds.filter((id) => providerIds.length === 0 || providerIds.includes(id));
  const drafts = able.flatMap((providerId): BookingDraft[] => {
    const opens = view.openRuns
      .filter(({ resourceId }) => resourceId === providerId)
      .map(({ startsAt }) => quarterOf(startsAt));
    if (opens.length === 0) return [];
    const draft: BookingDraft = {
      appointmentId: newId(),
      providerId,
      start: Math.max(Math.min(...opens), now),
      durationMinutes: null,
      serviceId: service.serviceId,
      patientText: patient.displayName,
      patient,
      entry: { waitlistEntryId, patientId: patient.patientId },
    };
    const { decision, alternatives } = previewOf(view, draft, service, now);
    if (decision.ok) return [draft];
    return alternatives
      .filter((alternative) => able.includes(alternative.providerId))
      .map((alternative) => ({
        ...draft,
        providerId: alternative.providerId,
        start: quarterOf(alternative.scheduledStart),
      }));
  });
  return drafts.toSorted((a, b) => a.start - b.start)[0] ?? null;
}
