import { isDeepStrictEqual } from 'node:util';

import type { Problem } from '../../../core/contract/problem.ts';
import { emptyCalendar, withVerdict, type Calendar } from './calendar-model.ts';
import { explainRefusal } from './explain-refusal.ts';
import { accept } from './judge-accepted.ts';
import type { Delivery, Run } from './run-plan.ts';

/** What a run should have left in the database, by the model. */
export interface Judged {
  readonly complaints: readonly string[];
  /** After the last commit. */
  readonly calendar: Calendar;
  /** The verdict that must stand under each command's id: `done`, or the code of its refusal. */
  readonly verdicts: ReadonlyMap<string, string>;
  /** The commands that changed something. */
  readonly changing: readonly Delivery[];
}

/** Refusals that are no verdict: the server does not store them, and decides the same command anew. */
const passing: readonly Problem['code'][] = ['busy', 'command-reused', 'invalid-input'];

const nameOf = ({ client, typed }: Delivery) => `client ${client}: ${typed.type} ${typed.command.commandId.slice(-2)}`;

/** The part of an answer that a repeated command must get again. Alternatives and the present state are looked up anew. */
function essenceOf({ result }: Delivery): unknown {
  if (!result || result.ok) return result;
  const { code, data } = result.error;
  return code === 'conflict' ? { code, asked: data.asked, blockers: data.blockers } : { code };
}

function decides(delivery: Delivery): boolean {
  const { result } = delivery;
  return result !== null && (result.ok || !passing.includes(result.error.code));
}

/**
 * Judges every answer that the clients got. Accepted commands are replayed against the model in the order of their commits.
 * A refusal must have been due at some moment between sending and deciding. A command that is sent again must get the
 * answer that its first commit decided.
 */
export function judgeRun(run: Run): Judged {
  const complaints: string[] = [];
  const complain = (delivery: Delivery, text: string) => complaints.push(`${nameOf(delivery)} ${text}`);

  const byCommit = new Map(run.deliveries.map((delivery) => [delivery.commit, delivery]));
  /** The calendar before each commit, and after the last. */
  const calendars: Calendar[] = [emptyCalendar(run.clinic)];
  const firsts = new Map<string, Delivery>();
  const changing: Delivery[] = [];
  for (let commit = 0; commit < run.commits; commit++) {
    const before = calendars[commit] as Calendar;
    calendars.push(before);
    const delivery = byCommit.get(commit);
    if (!delivery || firsts.has(delivery.typed.command.commandId)) continue;
    const { commandId } = delivery.typed.command;
    firsts.set(commandId, delivery);
    if (!delivery.result?.ok) {
      calendars[commit + 1] = withVerdict(before, commandId, 'refused');
      continue;
    }
    const accepted = accept(before, delivery.typed, delivery.result.value);
    if (!accepted.ok) {
      complain(delivery, accepted.complaint);
      continue;
    }
    calendars[commit + 1] = withVerdict(accepted.after, commandId, delivery.result.value.appointment);
    if (accepted.changed) changing.push(delivery);
  }

  for (const delivery of run.deliveries) {
    const { result, typed, content, from, to, commit } = delivery;
    if (!result) {
      complain(delivery, `was answered with 500: ${delivery.thrown}`);
      continue;
    }
    const moments = calendars.slice(from, to + 1);
    if (decides(delivery) && commit === null) complain(delivery, 'was decided, and nothing was committed');
    if (!decides(delivery) && commit !== null) complain(delivery, 'has no verdict, and something was committed');
    const first = firsts.get(typed.command.commandId);
    if (first && first !== delivery && first.content !== content) {
      // The id is taken from the moment when the other command commits. Before that nothing of this command was decided.
      if (decides(delivery)) complain(delivery, 'was decided under the id of another command');
    } else if (first && first !== delivery && decides(delivery)) {
      if (!isDeepStrictEqual(essenceOf(delivery), essenceOf(first))) {
        complain(delivery, `was told ${JSON.stringify(result)}, its first sending ${JSON.stringify(first.result)}`);
      }
    }
    if (result.ok) continue;
    const wrong = explainRefusal(delivery, result.error, {
      moments,
      untilVerdict: first === delivery ? calendars.slice(from, (commit ?? to) + 1) : null,
      first,
    });
    if (wrong !== null) complain(delivery, wrong);
  }
  const verdicts = [...firsts].map(
    ([commandId, { result }]) => [commandId, result?.ok ? 'done' : (result?.error.code ?? 'none')] as const,
  );
  return { complaints, calendar: calendars.at(-1) as Calendar, verdicts: new Map(verdicts), changing };
}
