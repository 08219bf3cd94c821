import type { Appointment } from '../../core/contract/appointment.ts';
import type { DayView } from '../../core/contract/calendar.ts';
import type { Decision } from '../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import { ask, problemOf } from '../api/desk.ts';
import { daysKey, endSession, queryClient } from '../api/queries.ts';
import { openClash } from '../conflicts/clash-store.ts';
import { tellDone, tellProblem, tellUnanswered } from '../frame/tell.ts';
import { withAppointment, type PendingCommand } from './overlay.ts';
import { addPending, findPending, markWaiting, takePending } from './pending-commands.ts';

/**
 * Shows the command at once and sends it. Resolves with how the server decided, or with `waiting`, which a `decided`
 * event ends later; the screen is already right when it resolves.
 */
export async function sendCommand(entry: Omit<PendingCommand, 'phase'>): Promise<Decision['kind']> {
  const { commandId } = entry.typed.command;
  addPending({ ...entry, phase: 'sending' });
  try {
    const decision = await ask('send', entry.typed);
    settle(commandId, decision);
    return decision.kind;
  } catch (error) {
    const problem = problemOf(error);
    if (problem) {
      refuse(commandId, problem);
      return 'refused';
    }
    // The shell broke off: the command may be decided or not. The same id asked again gets the first answer.
    markWaiting(commandId);
    tellUnanswered(() => void sendCommand(entry));
    return 'waiting';
  }
}

/** Takes a decision in, from the answer or from a `decided` event, whichever comes first; the second changes nothing. */
export function settle(commandId: string, decision: Decision): void {
  if (decision.kind === 'waiting') {
    markWaiting(commandId);
    return;
  }
  if (decision.kind === 'refused') {
    refuse(commandId, decision.problem);
    return;
  }
  const entry = findPending(commandId);
  if (!entry) return;
  // Into the day first, then out of the overlay: the card never blinks.
  const { appointment } = decision.outcome;
  if (appointment) mergeIntoDays(appointment, entry.patient);
  takePending(commandId);
  tellDone(entry, appointment);
}

/** Answer and event may both bring a refusal: it is shown once. */
const refusedIds = new Set<string>();

function refuse(commandId: string, problem: DeskProblem): void {
  if (refusedIds.has(commandId)) return;
  refusedIds.add(commandId);
  // None where the page was loaded anew meanwhile: then the desk remembers the command, and the page does not.
  const entry = takePending(commandId);
  if (problem.code === 'stale-version' || problem.code === 'status-conflict') mergeIntoDays(problem.data.current, null);
  if (problem.code === 'unauthenticated') endSession();
  if (!entry || !openClash(entry, problem)) tellProblem(problem);
}

function mergeIntoDays(appointment: Appointment, patient: DayView['patients'][number] | null): void {
  queryClient.setQueriesData<DayView>({ queryKey: [...daysKey, appointment.siteId] }, (view) => {
    const known = view?.appointments.find((other) => other.appointmentId === appointment.appointmentId);
    if (!view || (known && known.version > appointment.version)) return view;
    return withAppointment(view, appointment, patient);
  });
  // A read that set out before the decision would bring the old picture back.
  void queryClient.invalidateQueries({
    queryKey: [...daysKey, appointment.siteId],
    predicate: (query) => query.state.fetchStatus === 'fetching',
  });
}
