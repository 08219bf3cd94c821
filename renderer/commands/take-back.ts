import { sendCommand } from './send-command.ts';
import { chainUndo, latestUndoable, takeUndo, type Undoable } from './undo-stack.ts';

/** Sends the command that takes this one back. It may be refused like any other, and then says so. */
export async function takeBack(undoable: Undoable): Promise<void> {
  const undo = takeUndo(undoable);
  if (!undo) return;
  const decision = await sendCommand(undo);
  // Without a visit both were withdrawn before the server heard of them: it stands as if neither had been.
  if (decision.kind === 'waiting' || (decision.kind === 'done' && decision.outcome.appointment)) chainUndo(undo);
}

/** Takes the latest command back whose ten seconds are not over; says whether there was one. */
export function takeLatestBack(): boolean {
  const latest = latestUndoable();
  if (latest) void takeBack(latest);
  return latest !== null;
}
