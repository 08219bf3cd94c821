import { commitCommand } from '../commands/commit-command.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';

export const leaveWaitlist: Decide<'leave-waitlist'> = async (context, { body }) => {
  const committed = await commitCommand(
    context,
    (tx) => tx`select holdfast_api.leave_waitlist(
      ${context.actor.orgId}, ${context.envelope}::jsonb, ${body.waitlistEntryId}) as verdict`,
  );
  return verdictOf(context, committed);
};
