import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { quarterAtMilliseconds } from '../../../core/domain/time/quarter.ts';
import { dateAt } from '../../../core/domain/time/zoned.ts';
import { defaultClock } from '../../../electron/desk/environment/clock.ts';
import { commandSteps } from '../../../server/commands/command-steps.ts';
import { choosePort } from '../../../server/host/database/free-port.ts';
import { password, withServers } from '../../builders/server.ts';
import { quickTiming, scratchDesk, scratchFolder } from '../../electron/scratch.ts';
import { monotonicMs } from '../torture/processes/messages.ts';
import { busyDay } from './busy-day.ts';
import { deskIdOf, openWitness, type AnyDesk } from './witness.ts';

const tomorrow = (() => {
  const now = quarterAtMilliseconds(Date.now());
  return now - (now % 96) + 96;
})();
const { admin, clinic, database, start } = await withServers({ opensAt: tomorrow });
const witness = openWitness(admin, clinic);
const date = dateAt(tomorrow, 'Europe/Berlin');

/** A death at each step of the first command that reaches the step, and of the second, which builds on the first. */
const deaths = [
  ...commandSteps.map((at) => ({ at, time: 1 })),
  ...commandSteps.filter((at) => at !== 'before-refusal').map((at) => ({ at, time: 2 })),
];

test.each(deaths)(
  'a server that dies at "$at", time $time, leaves nothing half done, and nothing is done twice',
  async ({ at, time }) => {
    const port = await choosePort({});
    const healthy = await start({ port });
    const opened = scratchDesk({
      serverUrl: healthy.url,
      dataDir: await scratchFolder(),
      clock: defaultClock,
      timing: { ...quickTiming, pollMs: 200 },
      window: { daysBack: 0, daysAhead: 1 },
    });
    const desk: AnyDesk = {
      call: async (name, input) => ({ answer: await opened.desk.call(name, input), at: monotonicMs() }),
    };
    opened.desk.listen((event) => witness.hear(event));
    expect(await opened.desk.call('signIn', { username: clinic.signInName, password })).toMatchObject({ ok: true });
    await healthy.close();

    const dying = fork(path.join(import.meta.dirname, 'dying-server-in-child.ts'), [
      database.databaseUrl,
      String(port),
      at,
      String(time),
    ]);
    await once(dying, 'message');
    const day = busyDay(
      clinic,
      await deskIdOf(desk),
      4 * deaths.findIndex((death) => death.at === at && death.time === time),
    );
    const died = once(dying, 'exit');
    for (const typed of day) void witness.send(desk, typed);
    expect(await Promise.race([died, pause(20_000, 'alive: the step was not reached', { ref: false })])).toEqual([
      null,
      'SIGKILL',
    ]);

    await start({ port });
    await witness.expectInOrder(desk, [date]);
  },
);
