import type { Appointment } from '../../core/calendar/appointment.ts';
import type { Command, CommandType } from '../../core/commands/list.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import { Busy } from '../../db/pg/with-serializable.ts';
import { commitCommand, type NotCommitted } from './commit-command.ts';
import type { CommandContext } from './context.ts';
import type { NoVerdict, Verdict } from './verdict.ts';

/**
 * Decides a command of one type. Returns the verdict that then stands under the command's id, or why none does. `left`: the
 * visit as the parent command left it; null where there is no parent, or the parent left no visit.
 */
export type Decide<T extends CommandType> = (
  context: CommandContext,
  command: Command<T>,
  left: Appointment | null,
) => Promise<Result<Verdict, NoVerdict>>;

/** Stores the final refusal. An earlier verdict of the same command wins. */
export async function refuse(context: CommandContext, verdict: Verdict): Promise<Result<Verdict, NoVerdict>> {
  await context.hooks?.at?.('before-refusal', 0, null);
  const committed = await commitCommand(
    context,
    (tx) => tx`select holdfast_api.refuse_command(
      ${context.actor.orgId}, ${context.envelope}::jsonb, ${verdict}::jsonb) as verdict`,
  );
  return verdictOf(context, committed);
}

/** Turns the end of a call into the verdict, for every end that no further attempt can change. */
export async function verdictOf(
  context: CommandContext,
  committed: Result<Verdict, NotCommitted>,
  appointmentId = '',
): Promise<Result<Verdict, NoVerdict>> {
  if (committed.ok) return committed;
  switch (committed.error) {
    case 'command-reused':
    case 'id-taken':
      return refused(committed.error);
    case 'not-found':
      return refuse(context, { kind: 'not-found' });
    case 'in-the-past':
    case 'not-today':
    case 'not-begun':
      return refuse(context, { kind: 'refused', reason: committed.error });
    case 'stale-version':
    case 'status-conflict':
      return refuse(context, { kind: committed.error, appointmentId });
    case 'slot-lost':
    case 'patient-busy':
      // The slot looks free in every snapshot and is lost in every call: another command is faster each time.
      throw new Busy(committed.error);
  }
}
