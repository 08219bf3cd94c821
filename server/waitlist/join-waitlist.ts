import { settled, type Decide } from '../commands/decide.ts';
import { judge } from '../commands/judge.ts';

/** Keeps a wish under the id that the desk minted. */
export const joinWaitlist: Decide<'join-waitlist'> = async (context, { body }, envelope) => {
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
  const judgement = await judge(
    context.pool,
    context.hooks,
    (tx) => tx`select holdfast_api.join_waitlist(
      ${envelope}::jsonb,
      ${row}::jsonb) as verdict`,
  );
  return settled(context, envelope, judgement);
};
