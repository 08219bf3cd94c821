import { refuse, settled, type Decide } from '../commands/decide.ts';
import { raiseCapacityCall } from '../commands/judge.ts';

export const raiseCapacity: Decide<'raise-capacity'> = async (context, { body }, envelope) => {
  const call = raiseCapacityCall(body.resourceId, body.slotStarts, body.capacity, body.reason);
  const judgement = await call(context.pool, context.hooks, envelope);
  // Only an open slot has a capacity to raise; one that is off the roster is opened there.
  return judgement.kind === 'slot-lost'
    ? refuse(context, envelope, { kind: 'not-found' })
    : settled(context, envelope, judgement);
};
