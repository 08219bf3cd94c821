import { isDeepStrictEqual } from 'node:util';

import type { Decision } from '../../../../core/contract/desk/calls.ts';
import { firstVerdict, type Journal, type JournalEntry } from './journal.ts';
import type { DecidedCommand, Truth } from './load-truth.ts';

export interface CommandFindings {
  /** Commands that a desk promised (saved, done or refused) and that the server does not know. */
  readonly lost: string[];
  /** Commands with two verdicts or two effects. */
  readonly decidedTwice: string[];
  /** Commands of one desk on one visit that were decided in another order than the desk made them. */
  readonly outOfOrder: string[];
  /** Every other fault. */
  readonly wrong: string[];
  /** Commands that the desk itself refused, and that never reached the server. */
  readonly refusedHere: number;
}

/** A verdict as the code of the problem that a desk is told. */
function codeOf({ kind, reason }: DecidedCommand): string {
  return kind === 'refused' ? `refused ${reason}` : kind;
}

function toldCode(decision: Exclude<Decision, { kind: 'waiting' }>): string {
  if (decision.kind === 'done') return 'done';
  const { problem } = decision;
  return problem.code === 'refused' ? `refused ${problem.data.reason}` : problem.code;
}

/** Compares what the desks told with what the server keeps. */
export function judgeCommands(journal: Journal, truth: Truth): CommandFindings {
  const findings = { lost: [], decidedTwice: [], outOfOrder: [], wrong: [], refusedHere: 0 } as {
    -readonly [K in keyof CommandFindings]: CommandFindings[K];
  };
  const withdrawn = withdrawnCommands(journal, truth);
  for (const [commandId, entry] of journal.entries) {
    const { type } = entry.typed;
    const name = `${type} ${commandId} of ${entry.desk}`;
    const decided = truth.commands.get(commandId);
    if (!decided) {
      if (withdrawn.has(commandId) || entry.notTaken !== null || entry.told.length === 0) continue;
      if (mayBeRefusedHere(entry)) findings.refusedHere++;
      else findings.lost.push(`${name}: told ${entry.told.map(({ decision }) => decision.kind).join(', ')}`);
      continue;
    }
    if (decided.kind === '') findings.wrong.push(`${name}: stands without a verdict`);
    if (decided.type !== type) findings.wrong.push(`${name}: stands as ${decided.type}`);
    if (decided.changes > 1) findings.decidedTwice.push(`${name}: changed a visit ${decided.changes} times`);
    if (decided.changes > 0 && decided.kind !== 'done')
      findings.wrong.push(`${name}: refused, and yet it had an effect`);
    for (const { decision } of entry.told) {
      if (decision.kind === 'waiting') continue;
      const told = toldCode(decision);
      if (told !== codeOf(decided)) {
        findings.decidedTwice.push(`${name}: told ${told}, stands as ${codeOf(decided)}`);
      } else if (decision.kind === 'done' && !isDeepStrictEqual(decision.outcome.appointment, decided.appointment)) {
        findings.decidedTwice.push(`${name}: told another outcome than stands`);
      }
    }
  }
  for (const commandId of truth.commands.keys()) {
    if (!journal.entries.has(commandId)) findings.wrong.push(`${commandId} was decided, and nobody sent it`);
  }
  findings.outOfOrder.push(...ordersBroken(journal, truth));
  return findings;
}

/** Whether a desk without a server refused the command itself. Then nothing was saved, and nothing was told before. */
function mayBeRefusedHere({ told }: JournalEntry): boolean {
  return told.every(({ decision, mayBeOwn }) => decision.kind === 'refused' && mayBeOwn);
}

/**
 * An undo of a command that was never sent withdraws both, and neither reaches the server. An undo of a refused command has
 * nothing to do. In both cases the desk tells "done" with nothing done, or tells nothing when it died in between.
 */
function withdrawnCommands(journal: Journal, truth: Truth): ReadonlySet<string> {
  const withdrawn = new Set<string>();
  for (const [commandId, undo] of journal.entries) {
    const { undoes } = undo.typed.command;
    const undone = undoes === undefined ? undefined : journal.entries.get(undoes);
    if (!undoes || !undone) continue;
    const isUnanswered = undo.told.length === 0 && undo.notTaken === null;
    if (isUnanswered && !truth.commands.has(commandId) && !firstVerdict(undone)) withdrawn.add(undoes);
    if (!isToldNothingDone(undo)) continue;
    if (isToldNothingDone(undone)) withdrawn.add(commandId).add(undoes);
    else if (firstVerdict(undone)?.decision.kind === 'refused') withdrawn.add(commandId);
  }
  return withdrawn;
}

function isToldNothingDone(entry: JournalEntry): boolean {
  const decision = firstVerdict(entry)?.decision;
  return decision?.kind === 'done' && decision.outcome.appointment === null;
}

function ordersBroken(journal: Journal, truth: Truth): string[] {
  const lanes = Map.groupBy(
    [...journal.entries.values()].filter(
      ({ typed }) => 'appointmentId' in typed.command.body && truth.commands.has(typed.command.commandId),
    ),
    ({ desk, typed }) => `${desk} ${'appointmentId' in typed.command.body ? typed.command.body.appointmentId : ''}`,
  );
  const broken: string[] = [];
  for (const [lane, entries] of lanes) {
    const inOrder = entries.toSorted((a, b) => a.number - b.number);
    for (const [n, entry] of inOrder.entries()) {
      const before = inOrder[n - 1];
      if (!before) continue;
      const [first, second] = [before, entry].map(({ typed }) => truth.commands.get(typed.command.commandId)!);
      if (second!.decidedAt < first!.decidedAt) {
        broken.push(`${lane}: ${entry.typed.type} was decided before ${before.typed.type}, which was made first`);
      }
    }
  }
  return broken;
}
