import { sendCommand } from './send-command.ts';
import { chainUndo, latestUndoable, takeUndo, type Undoable } from './undo-stack.ts';

/** Sends the command that takes this one back. A refusal of the undo is shown like any other. */
export async function takeBack(undoable: Undoable): Promise<void> {
  const undo = takeUndo(undoable);
  if (!undo) return;
  const decision = await sendCommand(undo);
  // An outcome without a visit means that both commands were withdrawn before the server knew of them. Nothing follows them.
  if (decision.kind === 'waiting' || (decision.kind === 'done' && decision.outcome.appointment)) chainUndo(undo);
}

/** Takes back the latest command whose ten seconds are not over; returns whether there was one. */
export function takeLatestBack(): boolean {
  const latest = latestUndoable();
  if (latest) void takeBack(latest);
  return latest !== null;
}
