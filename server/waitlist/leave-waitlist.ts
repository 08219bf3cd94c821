import { settled, type Decide } from '../commands/decide.ts';
import { judge } from '../commands/judge.ts';

export const leaveWaitlist: Decide<'leave-waitlist'> = async (context, { body }, envelope) => {
  const judgement = await judge(
    context.pool,
    context.hooks,
    (tx) => tx`select holdfast_api.leave_waitlist(
      ${envelope}::jsonb, ${body.waitlistEntryId}) as verdict`,
  );
  return settled(context, envelope, judgement);
};
