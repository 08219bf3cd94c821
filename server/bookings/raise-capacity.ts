import { commitCommand } from '../commands/commit-command.ts';
import { refuse, verdictOf, type Decide } from '../commands/decide.ts';

export const raiseCapacity: Decide<'raise-capacity'> = async (context, { body }) => {
  const committed = await commitCommand(
    context,
    (tx) => tx`select holdfast_api.raise_capacity(
      ${context.actor.orgId}, ${context.envelope}::jsonb,
      ${body.resourceId}, ${body.slotStarts}::timestamptz[], ${body.capacity}, ${body.reason}) as verdict`,
  );
  // Only an open slot has a capacity to raise. A slot that is off the roster is opened by the roster.
  const isNotOpen = !committed.ok && committed.error === 'slot-lost';
  return isNotOpen ? refuse(context, { kind: 'not-found' }) : verdictOf(context, committed);
};
