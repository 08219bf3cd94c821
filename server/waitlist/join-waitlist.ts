import { commitCommand } from '../commands/commit-command.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';

/** Enters a patient on the waitlist, under the entry's id that the desk minted. */
export const joinWaitlist: Decide<'join-waitlist'> = async (context, { body }) => {
  const row = {
    waitlist_entry_id: body.waitlistEntryId,
    site_id: body.siteId,
    patient_id: body.patientId,
    service_id: body.serviceId,
    provider_ids: body.providerIds,
    windows: body.windows.map(({ startsAt, endsAt }) => `[${startsAt},${endsAt})`),
    urgency: body.urgency,
    note: body.note,
  };
  const committed = await commitCommand(
    context,
    (tx) => tx`select holdfast_api.join_waitlist(
      ${context.actor.orgId}, ${context.envelope}::jsonb,
      ${row}::jsonb) as verdict`,
  );
  return verdictOf(context, committed);
};
