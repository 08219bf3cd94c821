import type postgres from 'postgres';
import { expect } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Outcome } from '../../../core/commands/outcome.ts';
import type { DeskAnswer, DeskCall, DeskEvent, DeskInput } from '../../../core/contract/desk/calls.ts';
import type { OutboxEntry } from '../../../core/contract/desk/outbox-entry.ts';
import type { Clinic } from '../../builders/clinic.ts';
import { firstVerdict, openJournal } from '../torture/history/journal.ts';
import { judgeCommands } from '../torture/history/judge-commands.ts';
import { compareDay } from '../torture/history/judge-desks.ts';
import { judgeSlots } from '../torture/history/judge-slots.ts';
import { judgeTray } from '../torture/history/judge-tray.ts';
import { loadTruth } from '../torture/history/load-truth.ts';
import { ignoreDeskGone } from '../torture/processes/desk-process.ts';
import { monotonicMs } from '../torture/processes/messages.ts';

/** A desk in this process, or in a process of its own. */
export interface AnyDesk {
  call<C extends DeskCall>(name: C, input: DeskInput<C>): Promise<{ answer: DeskAnswer<C>; at: number }>;
}

/** The id that a desk sends its commands under. From a paired desk the server takes no other id. */
export async function deskIdOf(desk: AnyDesk): Promise<string> {
  const { answer } = await desk.call('describe', {});
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value.deskId;
}

async function isOffline(desk: AnyDesk): Promise<boolean> {
  const { answer } = await desk.call('readStatus', {});
  return answer.ok && answer.value.connection === 'offline';
}

async function refusalsOf(desk: AnyDesk): Promise<OutboxEntry[]> {
  const { answer } = await desk.call('readOutbox', {});
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value.filter(({ state }) => state === 'refused');
}

/**
 * Remembers every command that was asked of a desk and every answer of the desk, also across its deaths, and compares both
 * with the database.
 */
export function openWitness(admin: postgres.Sql, clinic: Clinic) {
  const journal = openJournal();

  return {
    hear(event: DeskEvent, at: number = monotonicMs()): void {
      if (event.type === 'decided') journal.told(event.commandId, { at, decision: event.decision, mayBeOwn: false });
    },
    /** Records a command that another client sent, and whose outcome that client knows. */
    async sawDone(typed: TypedCommand, doing: () => Promise<Outcome>): Promise<void> {
      journal.invoked('somebody else', typed, monotonicMs());
      const outcome = await doing();
      const decision = { kind: 'done', outcome } as const;
      journal.told(typed.command.commandId, { at: monotonicMs(), decision, mayBeOwn: false });
    },
    async send(desk: AnyDesk, typed: TypedCommand): Promise<void> {
      const { commandId } = typed.command;
      journal.invoked(typed.command.deskId, typed, monotonicMs());
      try {
        const { answer, at } = await desk.call('send', typed);
        if (answer.ok) journal.told(commandId, { at, decision: answer.value, mayBeOwn: await isOffline(desk) });
        else journal.notTaken(commandId, answer.problem.code);
      } catch (error) {
        ignoreDeskGone(error);
      }
    },
    /** Waits for a refusal, and discards every refusal in the tray. */
    async dealWithRefusals(desk: AnyDesk): Promise<void> {
      await expect.poll(() => refusalsOf(desk), { timeout: 20_000 }).not.toEqual([]);
      for (const { typed } of await refusalsOf(desk)) {
        const { commandId } = typed.command;
        journal.resolved(commandId);
        await desk.call('resolveRefusal', { commandId, as: 'discarded' });
      }
    },
    /** Sends once more each command whose verdict the desk has not told: no answer yet, or "saved" alone. */
    async sendAgain(desk: AnyDesk, commands: readonly TypedCommand[]): Promise<void> {
      const untold = commands.filter(({ command }) => {
        const entry = journal.entries.get(command.commandId);
        return !entry || firstVerdict(entry) === null;
      });
      await Promise.all(untold.map((typed) => this.send(desk, typed)));
    },
    /**
     * Waits until every command of the desk is decided, checks what the desk told against the database, and waits until the
     * desk's days equal the server's.
     */
    async expectInOrder(desk: AnyDesk, dates: readonly string[]): Promise<void> {
      await expect
        .poll(async () => (await desk.call('readStatus', {})).answer, { timeout: 20_000 })
        .toMatchObject({ value: { connection: 'online', waiting: 0 } });
      const truth = await loadTruth(admin, clinic.orgId);
      const tray = await refusalsOf(desk);
      const missing = judgeTray(await deskIdOf(desk), tray, journal, truth);
      const shownAgain = tray.filter(({ typed }) => journal.entries.get(typed.command.commandId)?.isResolved);
      const { lost, decidedTwice, outOfOrder, wrong } = judgeCommands(journal, truth);
      const { notLinearizable, unknown } = judgeSlots(journal, truth);
      const { broken } = truth;
      expect({
        lost,
        missing,
        shownAgain,
        decidedTwice,
        outOfOrder,
        wrong,
        broken,
        notLinearizable,
        unknown,
      }).toEqual({
        lost: [],
        missing: [],
        shownAgain: [],
        decidedTwice: [],
        outOfOrder: [],
        wrong: [],
        broken: [],
        notLinearizable: [],
        unknown: [],
      });
      await expect
        .poll(
          async () => {
            const differences: string[] = [];
            for (const date of dates) {
              const { answer } = await desk.call('readDay', { siteId: clinic.siteId, date });
              if (!answer.ok) differences.push(`${date}: ${answer.problem.code}`);
              else
                differences.push(
                  ...answer.value.provisional.map(() => 'provisional'),
                  ...compareDay(answer.value.view, truth),
                );
            }
            return differences;
          },
          { timeout: 20_000 },
        )
        .toEqual([]);
    },
  };
}
