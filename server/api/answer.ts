import { subjects } from '../../core/commands/define-command.ts';
import { definitionOf, type CommandType } from '../../core/commands/list.ts';
import type { Outcome } from '../../core/commands/outcome.ts';
import type { Problem } from '../../core/contract/problem.ts';
import { refusalDetails, staleDetail, statusDetail } from '../../core/contract/refusal-details.ts';
import { ok, refused, type Result } from '../../core/domain/terms.ts';
import { explainConflict } from '../bookings/explain-conflict.ts';
import { loadAppointment } from '../bookings/load-appointment.ts';
import type { DecisionContext } from '../commands/context.ts';
import type { NoVerdict, Verdict } from '../commands/verdict.ts';
import { problem } from '../problems/problems.ts';

async function explain(
  context: DecisionContext,
  verdict: Exclude<Verdict, { kind: 'done' }>,
  ignoring: string | undefined,
): Promise<Problem> {
  switch (verdict.kind) {
    case 'conflict':
      return problem(
        'conflict',
        'Something stands in the way at that time. The alternatives were free a moment ago.',
        await explainConflict(context, verdict.request, verdict.blockers, ignoring),
      );
    case 'stale-version':
    case 'status-conflict': {
      const current = await loadAppointment(context.pool, context.actor.orgId, verdict.appointmentId);
      if (!current) throw new Error('the appointment of a stored refusal is gone');
      return verdict.kind === 'stale-version'
        ? problem('stale-version', staleDetail, { current })
        : problem('status-conflict', statusDetail(current.status), { current });
    }
    case 'refused':
      return problem('refused', refusalDetails[verdict.reason], { reason: verdict.reason });
    case 'forbidden':
      return problem(
        'forbidden',
        'Whoever did this is not allowed to, or no longer. Somebody whose role allows it can do it.',
        null,
      );
    case 'not-found':
      return problem(
        'not-found',
        'There is no such appointment, patient, service, waitlist entry or open slot in this organization.',
        null,
      );
  }
}

/** The words for what a command makes, as an answer says them. */
const made = {
  appointment: 'an appointment',
  slots: 'a slot',
  patient: 'a patient',
  'waitlist-entry': 'a waitlist entry',
};

function idTaken(type: CommandType): Problem {
  const { about } = definitionOf(type);
  const taken = `There is ${made[about]} with this id already.`;
  return problem('invalid-input', `${taken} Mint a new one.`, {
    issues: [{ path: `body.${subjects[about]}`, message: taken }],
  });
}

/** What the caller is told: an accepted command's outcome, or the problem that the HTTP edge sends. */
export async function answer(
  context: DecisionContext,
  { commandId, type, ignoring }: { commandId: string; type: CommandType; ignoring: string | undefined },
  decided: Result<Verdict, NoVerdict>,
): Promise<Result<Outcome, Problem>> {
  if (!decided.ok) {
    return refused(
      decided.error === 'id-taken'
        ? idTaken(type)
        : problem('command-reused', 'Mint a new command id (UUIDv7) for each new command.', null),
    );
  }
  const verdict = decided.value;
  return verdict.kind === 'done'
    ? ok({ commandId, appointment: verdict.appointment })
    : refused(await explain(context, verdict, ignoring));
}
