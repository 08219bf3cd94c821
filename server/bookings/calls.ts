import type { Placement } from '../../core/domain/bookings/facts.ts';
import { movableStatuses } from '../../core/domain/statuses.ts';
import type { Result } from '../../core/domain/terms.ts';
import type { SerializableOptions } from '../../db/pg/with-serializable.ts';
import { commitCommand, type NotCommitted } from '../commands/commit-command.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Verdict } from '../commands/verdict.ts';
import { appointmentRow } from './appointment-row.ts';

type Committed = Promise<Result<Verdict, NotCommitted>>;
/** As much of the context as a call needs. */
export type CallContext = Pick<CommandContext, 'pool' | 'hooks' | 'envelope' | 'actor'>;

/** Books a placement: db/pg, `book_appointment`. */
export function bookCall(context: CallContext, placement: Placement, options?: SerializableOptions): Committed {
  return commitCommand(
    context,
    (tx) => tx`select holdfast_api.book_appointment(
      ${context.actor.orgId}, ${context.envelope}::jsonb,
      ${appointmentRow(placement)}::jsonb) as verdict`,
    options,
  );
}

/** Moves the visit of this version to a placement: db/pg, `move_appointment`. */
export function moveCall(
  context: CallContext,
  placement: Placement,
  version: number,
  options?: SerializableOptions,
): Committed {
  return commitCommand(
    context,
    (tx) => tx`select holdfast_api.move_appointment(
      ${context.actor.orgId}, ${context.envelope}::jsonb, ${version}, ${movableStatuses},
      ${appointmentRow(placement)}::jsonb) as verdict`,
    options,
  );
}
