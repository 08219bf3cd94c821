import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Sent } from '../../../renderer/commands/pending-commands.ts';
import {
  allowUndo,
  answerUndoable,
  chainUndo,
  endUndo,
  forgetUndo,
  latestUndoable,
  takeUndo,
  undoMilliseconds,
} from '../../../renderer/commands/undo-stack.ts';
import { appointment, idOf, patient, pendingBook, pendingMove, pendingTransition } from '../builders.ts';

/** The same command under another id. */
function numbered(sent: Sent, n: number): Sent {
  const typed = { ...sent.typed, command: { ...sent.typed.command, commandId: idOf('k', n) } } as Sent['typed'];
  return { ...sent, typed };
}

const before = appointment(1, '09:00', { version: 4 });
const booking = numbered({ ...pendingBook(appointment(2, '10:00'), patient(2)), before: null }, 1);
const move = numbered({ ...pendingMove(4, { ...before, version: 5 }), before }, 2);
const checkIn = numbered({ ...pendingTransition('check-in', before.appointmentId), before }, 3);

const latestId = () => latestUndoable()?.sent.typed.command.commandId ?? null;

beforeEach(() => {
  vi.useFakeTimers();
  forgetUndo();
  return () => vi.useRealTimers();
});

describe('the command that can be taken back', () => {
  test('is the latest, then the one before', () => {
    allowUndo(booking);
    allowUndo(move);
    expect(latestId()).toBe(idOf('k', 2));
    const latest = latestUndoable();
    expect(latest && takeUndo(latest)?.typed.command.undoes).toBe(idOf('k', 2));
    expect(latestId()).toBe(idOf('k', 1));
  });

  test('ends ten seconds after the first answer', () => {
    allowUndo(booking);
    vi.advanceTimersByTime(4_000);
    answerUndoable(idOf('k', 1), 'waiting');
    vi.advanceTimersByTime(undoMilliseconds - 1);
    answerUndoable(idOf('k', 1), 'done');
    expect(latestId()).toBe(idOf('k', 1));
    vi.advanceTimersByTime(1);
    expect(latestId()).toBeNull();
  });

  test('is none after a refusal, and is never an undo', () => {
    allowUndo(booking);
    const undoable = latestUndoable();
    endUndo(idOf('k', 1));
    expect(latestId()).toBeNull();
    const undo = undoable && takeUndo(undoable);
    if (undo) allowUndo(undo);
    expect(latestId()).toBeNull();
  });

  test('is none of a visit after a step that a person took back without an undo, and stays for other visits', () => {
    allowUndo(booking);
    allowUndo(checkIn);
    allowUndo(numbered({ ...pendingTransition('un-arrive', before.appointmentId), before }, 4));
    expect(latestId()).toBe(idOf('k', 1));
  });

  test('has an undo that follows an earlier undo on the same visit, and on no other', () => {
    allowUndo(booking);
    allowUndo(move);
    allowUndo(checkIn);
    const latest = latestUndoable();
    const undo = latest && takeUndo(latest);
    if (!undo) throw new Error('a check-in can be taken back');
    chainUndo(undo);
    const then = latestUndoable();
    expect(then?.after).toBe(undo.typed.command.commandId);
    expect(then && takeUndo(then)?.expected?.version).toBe(8);
    expect(latestUndoable()?.after).toBe(idOf('k', 1));
  });
});
