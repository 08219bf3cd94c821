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
 * Shows the command at once and sends it. Resolves with the server's decision, or with `waiting`, which a later `decided`
 * event ends. The screen is already right when the promise resolves.
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
    // The line to the shell broke, so the command may be decided or not. The same id asked again gets the first answer.
    markWaiting(commandId);
    notifyUnanswered(() => void sendCommand(entry));
    return { kind: 'waiting' };
  }
}

/** A command and the server's decision. */
export interface DecidedCommand {
  readonly commandId: string;
  readonly decision: Decision;
}

/**
 * The desk itself decides an undo that leaves no visit: its days have neither command any more. The command that was taken
 * back is settled together with the undo, or it would be shown once more until its own event arrives.
 */
function takenBackHere({ typed }: Sent, decision: Decision): DecidedCommand[] {
  const { undoes } = typed.command;
  if (undoes === undefined || decision.kind !== 'done' || decision.outcome.appointment) return [];
  return [{ commandId: undoes, decision: { kind: 'done', outcome: { commandId: undoes, appointment: null } } }];
}

/** Takes decisions in, from an answer or from a `decided` event. The second of the two changes nothing. */
export function settle(decided: readonly DecidedCommand[]): void {
  // The days come first and the overlay second, so that no card blinks. All decisions go in at once, so that the day is
  // drawn once.
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

/** Removes the waitlist entry of a booking that is done. */
function leaveWaitlist({ typed, seen }: Sent, waitlistEntryId: string): void {
  const { actorId, deskId } = typed.command;
  const leave = makeCommand('leave-waitlist', { actorId, deskId }, { waitlistEntryId });
  void sendCommand({ typed: leave, expected: null, patient: null, seen });
}

/** Answer and event may both bring a refusal. The person hears of each refusal once. */
const refusedIds = new Set<string>();

function refuse(commandId: string, problem: DeskProblem): void {
  if (refusedIds.has(commandId)) return;
  refusedIds.add(commandId);
  endUndo(commandId);
  const undone = undoOnItsWay(commandId);
  // No entry where the page was loaded again meanwhile, or where another window sent the command.
  const entry = takePending(commandId);
  if (problem.code === 'stale-version' || problem.code === 'status-conflict') {
    mergeIntoDays([{ appointment: problem.data.current, patient: null, commandId }]);
  }
  if (problem.code === 'unauthenticated') endSession();
  // The command was taken back before its refusal, or is itself the undo of a refused one. Nothing was done, as the person
  // wanted.
  if (undone || (entry && isUndoOfRefused(entry, problem))) return;
  // Long after the gesture no dialog may open under the person's hands. The refusal is in the tray, and a message says so.
  if (entry?.phase !== 'sending') notifyRefusedLater();
  else if (!openClash(entry, problem)) {
    notifyProblem(problem);
    void resolveRefusal(commandId, 'discarded');
  }
}

function isUndoOfRefused({ typed }: Sent, problem: DeskProblem): boolean {
  return typed.command.undoes !== undefined && problem.code === 'refused' && problem.data.reason === 'parent-refused';
}
