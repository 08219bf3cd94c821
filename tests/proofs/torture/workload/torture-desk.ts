import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '../../../../build/demo/seeded-random.ts';
import type { TypedCommand } from '../../../../core/commands/list.ts';
import type { Decision, DeskEvent } from '../../../../core/contract/desk/calls.ts';
import type { Journal } from '../history/journal.ts';
import { ignoreDeskGone, makeDeskProcess, type DeskProcess } from '../processes/desk-process.ts';
import { monotonicMs } from '../processes/messages.ts';
import { drawDeed } from './draw-commands.ts';
import type { KnownVisits } from './known-visits.ts';
import type { TortureClinic } from './torture-clinic.ts';

/** A desk and the person at it. The person goes on whatever happens. */
export interface TortureDesk {
  readonly process: DeskProcess;
  readonly dataDir: string;
  /** Starts the desk, signs in when nobody is signed in, and looks at every day once, so that the desk holds the days. */
  open(): Promise<void>;
  /** Does one deed after the other until the signal, `perSecond` commands on average. */
  work(perSecond: number, signal: AbortSignal): Promise<void>;
}

export interface TortureDeskOptions {
  readonly name: string;
  readonly serverUrl: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly pairingCode: string | undefined;
  readonly clinic: TortureClinic;
  readonly journal: Journal;
  readonly visits: KnownVisits;
  readonly random: Random;
}

const maxTries = 100;

export function makeTortureDesk(options: TortureDeskOptions): TortureDesk {
  const { clinic, journal, visits, random, name } = options;
  let deskId = '';
  let isOnline = false;
  /** Since when the desk has been online, or when it was last offline. */
  let lastChangeAt = 0;

  function hear(commandId: string, decision: Decision, at: number): void {
    const askedAt = journal.entries.get(commandId)?.invokedAt ?? 0;
    journal.told(commandId, { at, decision, mayBeOwn: !isOnline || lastChangeAt >= askedAt });
    if (decision.kind === 'done' && decision.outcome.appointment) visits.learn(decision.outcome.appointment);
  }

  function onEvent(event: DeskEvent, at: number): void {
    if (event.type === 'status') {
      const { connection } = event.status;
      if (isOnline !== (connection === 'online')) lastChangeAt = at;
      isOnline = connection === 'online';
    }
    if (event.type === 'decided') hear(event.commandId, event.decision, at);
  }

  const process = makeDeskProcess({ ...options, onEvent });

  async function send(typed: TypedCommand): Promise<void> {
    const { commandId } = typed.command;
    journal.invoked(name, typed, monotonicMs());
    try {
      const { answer, at } = await process.call('send', typed);
      if (answer.ok) hear(commandId, answer.value, at);
      else journal.notTaken(commandId, answer.problem.code);
    } catch (error) {
      ignoreDeskGone(error);
    }
  }

  /** Opens the oldest refusals in the tray, has them explained once more, and discards them. */
  async function dealWithRefusals(): Promise<void> {
    const { answer: tray } = await process.call('readOutbox', {});
    const refused = tray.ok ? tray.value.filter(({ state }) => state === 'refused') : [];
    for (const { typed } of refused.slice(0, 3)) {
      const { commandId } = typed.command;
      const { answer: explained, at } = await process.call('explainRefusal', { commandId });
      if (explained.ok) hear(commandId, explained.value, at);
      journal.resolved(commandId);
      await process.call('resolveRefusal', { commandId, as: 'discarded' });
    }
  }

  async function signIn(): Promise<void> {
    for (let tries = 0; tries < maxTries; tries++) {
      const described = await process.call('describe', {});
      if (!described.answer.ok) throw new Error(`${name} does not describe itself`);
      deskId = described.answer.value.deskId;
      if (described.answer.value.person) return;
      const { signInName: username, password } = clinic;
      await process.call('signIn', { username, password });
    }
    throw new Error(`${name} could not sign in`);
  }

  async function untilRead(date: string): Promise<void> {
    for (let tries = 0; tries < maxTries; tries++) {
      const { answer } = await process.call('readDay', { siteId: clinic.siteId, date });
      if (answer.ok) return;
      await pause(200);
    }
    throw new Error(`${name} could not read ${date}`);
  }

  return {
    process,
    dataDir: options.dataDir,
    async open() {
      await process.start();
      await signIn();
      for (const date of clinic.dates) await untilRead(date);
    },
    async work(perSecond, signal) {
      while (!signal.aborted) {
        const deed = process.isUp() ? drawDeed({ clinic, visits, deskId, random }) : null;
        const commands = deed?.commands ?? [];
        // All are sent in order and at once: the second does not wait for the answer to the first.
        for (const typed of commands) void send(typed);
        if (deed?.twice) void send(commands[0]!);
        if (random.chance(0.1)) void dealWithRefusals().catch(ignoreDeskGone);
        const wait = (-Math.log(1 - random.next()) * Math.max(1, commands.length) * 1_000) / perSecond;
        await pause(Math.min(wait, 2_000), undefined, { signal }).catch(() => {});
      }
    },
  };
}
