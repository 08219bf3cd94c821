import type { Appointment } from '../../../core/calendar/appointment.ts';
import { appointmentFactsOf, appointmentOf, bookingFactsOf } from '../../../core/calendar/facts.ts';
import { changeOf } from '../../../core/commands/move.ts';
import { staleDetail } from '../../../core/contract/refusal-details.ts';
import { decideMove, type MoveChange } from '../../../core/domain/bookings/decide-move.ts';
import type { Placement } from '../../../core/domain/bookings/facts.ts';
import { deskProblem } from '../problems/problem.ts';
import { loadCommand, type StoredCommand } from '../store/outbox.ts';
import { claimsOf, whatFrees } from './freed-slots.ts';
import { forecast, patientOf, type Forecaster, type ForecastWithProblem, type Horizon } from './horizon.ts';
import { refuseHere } from './refuse-here.ts';

/** What this desk expects of a move. */
export const forecastMove: Forecaster<'move'> = (horizon, { body, precondition }) => {
  const current = horizon.shown.visit(body.appointmentId);
  if (!current) return forecast({ frees: null, waitsFor: whatFrees(horizon.undecided, null, null) });
  if ('version' in precondition && precondition.version < current.version) {
    return forecast({ frees: claimsOf(current) }, deskProblem('stale-version', staleDetail, { current }));
  }
  return forecastPlace(horizon, current, changeOf(body), current);
};

/** What this desk expects of a reinstatement: the visit at its own place, with its status before the cancellation, if known. */
export const forecastReinstate: Forecaster<'reinstate'> = (horizon, { body, undoes }) => {
  const current = horizon.shown.visit(body.appointmentId);
  if (!current) return forecast({ waitsFor: whatFrees(horizon.undecided, null, null) });
  const before = undoes === undefined ? null : loadCommand(horizon.store, undoes)?.expected;
  const { status, arrivedAt } = before ?? { status: 'booked' as const, arrivedAt: null };
  return forecastPlace(horizon, current, {}, { ...current, status, arrivedAt });
};

function forecastPlace(
  horizon: Horizon,
  current: Appointment,
  change: MoveChange,
  after: Pick<Appointment, 'version' | 'status' | 'arrivedAt'>,
): ForecastWithProblem {
  const { shown, now, undecided } = horizon;
  const patient = current.patientId === null ? null : patientOf(horizon, current.patientId);
  const state = { version: current.version + 1, status: after.status, arrivedAt: after.arrivedAt };
  const facts = appointmentFactsOf(current);
  const frees = claimsOf(current);
  const start = change.start ?? facts.start;
  const window = { start, end: start + (change.durationQuarters ?? facts.end - facts.start) };
  const view = shown.dayAt(current.siteId, start);
  const bookingFacts = view && bookingFactsOf(view, current.serviceId, current.patientId);
  const asked: Placement = {
    ...facts,
    ...window,
    providerId: change.providerId ?? facts.providerId,
    roomId: change.roomId ?? facts.roomId,
    equipmentId: change.equipmentId ?? facts.equipmentId,
  };
  if (!bookingFacts) {
    const waitsFor = whatFrees(undecided, window, null);
    return forecast({ expected: appointmentOf(asked, state), patient, frees, waitsFor });
  }
  const decision = decideMove(bookingFacts, facts, change, now);
  const expected = appointmentOf(decision.ok ? decision.value : asked, state);
  const waitsFor = whatFrees(undecided, window, claimsOf(expected)).filter((id) => !isAbout(undecided, id, current));
  const problem = decision.ok
    ? null
    : refuseHere(decision.error, {
        view,
        facts: bookingFacts,
        request: asked,
        now,
        ignoring: current.appointmentId,
      });
  return forecast({ expected, patient, frees, waitsFor }, problem);
}

/** Whether a command is about the visit itself: commands of one lane keep their order anyway. */
function isAbout(undecided: readonly StoredCommand[], commandId: string, { appointmentId }: Appointment): boolean {
  return undecided.some(({ typed, lane }) => typed.command.commandId === commandId && lane === appointmentId);
}
