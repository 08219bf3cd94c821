import { commitCommand } from '../commands/commit-command.ts';
import { verdictOf, type Decide } from '../commands/decide.ts';

export const leaveWaitlist: Decide<'leave-waitlist'> = async (context, { body }) => {
  const committed = await commitCommand(
    context,
    (tx) => tx`select leave_waitlist(
      jsonb_populate_record(null::command_envelope, ${context.envelope}), ${body.waitlistEntryId}) as verdict`,
  );
  return verdictOf(context, committed);
};
