import { expect } from 'vitest';

import type { TypedCommand } from '../../../core/commands/list.ts';
import type { Decision, DeskEvent } from '../../../core/contract/desk/calls.ts';
import type { DeskDay } from '../../../core/contract/desk/desk-day.ts';
import type { RunningDesk } from '../../../electron/desk/open-desk.ts';
import type { DeskOptions } from '../../../electron/desk/options.ts';
import { aPatient, berlin } from '../builders.ts';
import { clinicDay } from '../clinic-day.ts';
import { connectionsIn, credentials, scratchDesk, scratchFolder, scratchServer, untilCaughtUp } from '../scratch.ts';
import type { StandIn } from '../stand-in-server.ts';

export const today = { siteId: berlin.siteId, date: '2026-11-23' };
export const anna = aPatient({ displayName: 'Anna Müllerstein', phone: '+49 30 555 0101' });
export const ben = aPatient({ displayName: 'Ben Okafor', phone: '+49 30 555 0102' });

/** A desk that holds a day with Anna at nine, and of which the server was stopped. */
export async function offlineDesk(options: Pick<DeskOptions, 'clock'> = {}) {
  const server = await scratchServer();
  const clinic = clinicDay();
  const visit = clinic.visit('08:00', anna);
  server.script.day = clinic.view({ appointments: [visit], patients: [anna] });
  const dataDir = await scratchFolder();
  const opened = scratchDesk({ serverUrl: server.url, dataDir, ...options });
  await opened.desk.call('signIn', credentials);
  await untilCaughtUp(opened.desk);
  await server.close();
  await expect.poll(() => connectionsIn(opened.events)).toContain('offline');
  return { server, clinic, visit, dataDir, ...opened };
}

/** Starts the server again on its port, with everything that it knew. */
export async function comeBack(
  before: StandIn,
  decide: StandIn['script']['decide'] = before.script.decide,
): Promise<StandIn> {
  const server = await scratchServer(before.port);
  server.script.session = before.script.session;
  server.script.day = before.script.day;
  server.script.decide = decide;
  return server;
}

export async function send(desk: RunningDesk, typed: TypedCommand): Promise<Decision> {
  const answer = await desk.call('send', typed);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

export async function dayOf(desk: RunningDesk): Promise<DeskDay> {
  const answer = await desk.call('readDay', today);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

export const statusOf = async (desk: RunningDesk) => {
  const answer = await desk.call('readStatus', {});
  return answer.ok ? answer.value : null;
};
export const outboxOf = async (desk: RunningDesk) => {
  const answer = await desk.call('readOutbox', {});
  return answer.ok ? answer.value : [];
};
export const decidedIn = (events: readonly DeskEvent[]) => events.filter((event) => event.type === 'decided');
export const idsOf = (...list: readonly TypedCommand[]) => list.map(({ command }) => command.commandId);
