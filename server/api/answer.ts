import type { Outcome } from '../../core/commands/outcome.ts';
import type { Problem, RefusalReason } from '../../core/contract/problem.ts';
import { ok, refused, type Result } from '../../core/domain/terms.ts';
import { explainConflict } from '../bookings/explain-conflict.ts';
import { loadAppointment } from '../bookings/load-appointment.ts';
import type { Decided, DecisionContext } from '../commands/decide.ts';
import type { Verdict } from '../commands/verdict.ts';
import { problem } from '../problems/problems.ts';

const whyRefused: Readonly<Record<RefusalReason, string>> = {
  'not-offered': 'This provider does not offer the service. Choose another provider or service.',
  unsuitable: 'The room or equipment named does not satisfy the service here. Leave it out to have one chosen.',
  'in-the-past': 'The visit would have ended already. Choose a later time.',
  unknown: 'There is no such service, provider or patient here.',
  'birth-date': 'Nobody was born on that day: it lies ahead, or more than 130 years back. Correct the birth date.',
  'parent-refused':
    'The command that this one follows, such as the registration of its patient, was not done. Do that one first.',
};

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
      const current = await loadAppointment(context.pool, context.session.orgId, verdict.appointmentId);
      if (!current) throw new Error('the appointment of a stored refusal is gone');
      return verdict.kind === 'stale-version'
        ? problem('stale-version', 'Someone changed this visit meanwhile. Look at it and decide again.', { current })
        : problem('status-conflict', `The visit is ${current.status}; that does not allow it.`, { current });
    }
    case 'refused':
      return problem('refused', whyRefused[verdict.reason], { reason: verdict.reason });
    case 'forbidden':
      return problem('forbidden', 'Whoever did this is not allowed to, or no longer. Ask a manager for it.', null);
    case 'not-found':
      return problem(
        'not-found',
        'There is no such appointment, patient, service, waitlist entry or open slot in this organization.',
        null,
      );
  }
}

function idTaken(what: 'an appointment' | 'a patient' | 'a waitlist entry', path: string): Problem {
  return problem('invalid-input', `There is ${what} with this id already. Mint a new one.`, {
    issues: [{ path, message: `There is ${what} with this id already.` }],
  });
}

/** What the caller is told: an accepted command's outcome, or the problem that the HTTP edge sends. */
export async function answer(
  context: DecisionContext,
  commandId: string,
  decided: Decided,
  ignoring: string | undefined,
): Promise<Result<Outcome, Problem>> {
  switch (decided.kind) {
    case 'command-reused':
      return refused(problem('command-reused', 'Mint a new command id (UUIDv7) for each new command.', null));
    case 'appointment-exists':
      return refused(idTaken('an appointment', 'body.appointmentId'));
    case 'patient-exists':
      return refused(idTaken('a patient', 'body.patientId'));
    case 'waitlist-entry-exists':
      return refused(idTaken('a waitlist entry', 'body.waitlistEntryId'));
    case 'verdict':
      return decided.verdict.kind === 'done'
        ? ok({ commandId, appointment: decided.verdict.appointment })
        : refused(await explain(context, decided.verdict, ignoring));
  }
}
