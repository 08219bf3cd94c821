import type { Decision } from '../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import { ask, problemOf } from '../api/desk.ts';
import { endSession, readDaysAgain } from '../api/queries.ts';
import { openClash } from './clash-store.ts';
import { makeCommand } from './make-command.ts';
import { mergeIntoDays, type Merged } from './merge-into-days.ts';
import { notifyDone, notifyProblem, notifyRefusedLater, notifyUnanswered, notifyWaiting } from './notify.ts';
import { addPending, findPending, markWaiting, takePending, undoOnItsWay, type Sent } from './pending-commands.ts';
import { resolveRefusal } from './resolve-refusal.ts';
import { allowUndo, answerUndoable, endUndo } from './undo-stack.ts';

/**
 * Shows the command at once and sends it. Resolves with how the server decided, or with `waiting`, which a `decided`
 * event ends later; the screen is already right when it resolves.
 */
export async function sendCommand(entry: Sent): Promise<Decision<DeskProblem>> {
  const { commandId } = entry.typed.command;
  addPending({ ...entry, phase: 'sending' });
  allowUndo(entry);
  try {
    const decision = await ask('send', entry.typed);
    const taken = takenBackHere(entry, decision);
    if (taken.length > 0) await readDaysAgain();
    settle([...taken, { commandId, decision }]);
    return decision;
  } catch (error) {
    const problem = problemOf(error);
    if (problem) {
      refuse(commandId, problem);
      return { kind: 'refused', problem };
    }
    // The shell broke off: the command may be decided or not. The same id asked again gets the first answer.
    markWaiting(commandId);
    notifyUnanswered(() => void sendCommand(entry));
    return { kind: 'waiting' };
  }
}

/** A command that is decided. */
export interface DecidedCommand {
  readonly commandId: string;
  readonly decision: Decision;
}

/**
 * An undo that left no visit was decided by the desk, whose days are already without both commands. What was taken back
 * goes with it: by itself it would be shown once more until its own news is taken in.
 */
function takenBackHere({ typed }: Sent, decision: Decision): DecidedCommand[] {
  const { undoes } = typed.command;
  if (undoes === undefined || decision.kind !== 'done' || decision.outcome.appointment) return [];
  return [{ commandId: undoes, decision: { kind: 'done', outcome: { commandId: undoes, appointment: null } } }];
}

/** Takes decisions in, from an answer or from `decided` events, whichever comes first; the second changes nothing. */
export function settle(decided: readonly DecidedCommand[]): void {
  // Into the days first, then out of the overlay: no card blinks. All at once, for a day that is drawn once.
  mergeIntoDays(decided.flatMap(mergedOf));
  for (const { commandId, decision } of decided) settleOne(commandId, decision);
}

function mergedOf({ commandId, decision }: DecidedCommand): Merged[] {
  const appointment = decision.kind === 'done' ? decision.outcome.appointment : null;
  return appointment ? [{ appointment, patient: findPending(commandId)?.patient ?? null, commandId }] : [];
}

function settleOne(commandId: string, decision: Decision): void {
  if (decision.kind === 'waiting') {
    const entry = findPending(commandId);
    if (entry?.phase === 'sending') notifyWaiting(entry);
    markWaiting(commandId);
    answerUndoable(commandId, 'waiting');
    return;
  }
  if (decision.kind === 'refused') {
    refuse(commandId, decision.problem);
    return;
  }
  const entry = takePending(commandId);
  if (!entry) return;
  const { appointment } = decision.outcome;
  answerUndoable(commandId, 'done');
  notifyDone(entry, appointment);
  if (entry.fulfils && appointment) leaveWaitlist(entry, entry.fulfils);
}

/** The booking is done: nobody waits for it any more. */
function leaveWaitlist({ typed, seen }: Sent, waitlistEntryId: string): void {
  const { actorId, deskId } = typed.command;
  const leave = makeCommand('leave-waitlist', { actorId, deskId }, { waitlistEntryId });
  void sendCommand({ typed: leave, expected: null, patient: null, seen });
}

/** Answer and event may both bring a refusal: it is told once. */
const refusedIds = new Set<string>();

function refuse(commandId: string, problem: DeskProblem): void {
  if (refusedIds.has(commandId)) return;
  refusedIds.add(commandId);
  endUndo(commandId);
  const undone = undoOnItsWay(commandId);
  // None where the page was loaded anew meanwhile, or another window sent it.
  const entry = takePending(commandId);
  if (problem.code === 'stale-version' || problem.code === 'status-conflict') {
    mergeIntoDays([{ appointment: problem.data.current, patient: null, commandId }]);
  }
  if (problem.code === 'unauthenticated') endSession();
  // Taken back before it was refused, or the taking back of what was refused: as the person wished, nothing was done.
  if (undone || (entry && isUndoOfRefused(entry, problem))) return;
  // Long after the gesture no dialog comes under the person's hands: it is in the tray, and said to be there.
  if (entry?.phase !== 'sending') notifyRefusedLater();
  else if (!openClash(entry, problem)) {
    notifyProblem(problem);
    void resolveRefusal(commandId, 'discarded');
  }
}

function isUndoOfRefused({ typed }: Sent, problem: DeskProblem): boolean {
  return typed.command.undoes !== undefined && problem.code === 'refused' && problem.data.reason === 'parent-refused';
}
