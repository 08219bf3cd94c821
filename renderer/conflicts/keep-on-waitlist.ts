import type { Conflict } from '../../core/calendar/conflict.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { addDays, dateAt, dayBounds, zonedInstant } from '../../core/domain/time/zoned.ts';
import type { Clash } from '../commands/clash-store.ts';
import { makeCommand, newId, type Identity } from '../commands/make-command.ts';
import { resolveRefusal } from '../commands/resolve-refusal.ts';
import { sendCommand } from '../commands/send-command.ts';
import { nowQuarter } from '../words/clock.ts';

/** The number of days for which a freed time is of use, from the asked day on. */
const waitlistDays = 14;

/**
 * Adds the refused booking to the waitlist: the same service and provider, for two weeks from the asked day (from today,
 * where the asked day has passed), in the clinic's zone. The refusal leaves the tray once the entry is safe.
 */
export async function keepOnWaitlist(
  identity: Identity,
  clash: Clash,
  asked: Conflict['asked'] & { readonly patientId: string },
  timeZone: string,
): Promise<void> {
  const firstDate = dateAt(Math.max(quarterOf(asked.scheduledStart), nowQuarter()), timeZone);
  const { start } = dayBounds(firstDate, timeZone);
  const { end } = dayBounds(addDays(firstDate, waitlistDays - 1), timeZone);
  const typed = makeCommand('join-waitlist', identity, {
    waitlistEntryId: newId(),
    siteId: asked.siteId,
    patientId: asked.patientId,
    serviceId: asked.serviceId,
    providerIds: [asked.providerId],
    windows: [{ startsAt: zonedInstant(start, timeZone), endsAt: zonedInstant(end, timeZone) }],
    urgency: 'routine',
    note: '',
  });
  const { patient, seen } = clash.entry;
  const { kind } = await sendCommand({ typed, expected: null, patient, seen });
  if (kind !== 'refused') await resolveRefusal(clash.entry.typed.command.commandId, 'kept-on-waitlist');
}
