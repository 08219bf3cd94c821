import { judgeCommands } from '../torture/history/judge-commands.ts';
import { compareDay } from '../torture/history/judge-desks.ts';
import { judgeSlots } from '../torture/history/judge-slots.ts';
import { judgeTray } from '../torture/history/judge-tray.ts';
import type { DeskEnd, SimulationRun } from './run-simulation.ts';

/** The promises that every run must keep, whatever went wrong in it. */
export const invariants = [
  'no double booking',
  'exactly once',
  'every desk converges',
  'nothing provisional is left',
  'order per appointment',
  'no refusal goes silently',
  'nothing is thrown',
] as const;
export type Invariant = (typeof invariants)[number];

export interface Violation {
  readonly invariant: Invariant;
  readonly found: string;
}

/** Compares what desks told and show with the database, by SQL and rules that the product does not use. */
export function judgeSimulation(run: SimulationRun): Violation[] {
  const { journal, truth, desks, thrown } = run;
  const commands = judgeCommands(journal, truth);
  const slots = judgeSlots(journal, truth);
  const of = (invariant: Invariant, found: readonly string[]) => found.map((one) => ({ invariant, found: one }));
  return [
    ...of('no double booking', [...truth.broken, ...slots.notLinearizable, ...slots.unknown]),
    ...of('exactly once', [...commands.lost, ...commands.decidedTwice, ...commands.wrong]),
    ...of(
      'every desk converges',
      desks.flatMap((desk) => differencesOf(desk, run)),
    ),
    ...of('nothing provisional is left', desks.flatMap(provisionalAt)),
    ...of('order per appointment', commands.outOfOrder),
    ...of(
      'no refusal goes silently',
      desks.flatMap(({ name, outbox }) => (outbox?.ok ? judgeTray(name, outbox.value, journal, truth) : [])),
    ),
    ...of('nothing is thrown', thrown),
  ];
}

function differencesOf({ name, day, status }: DeskEnd, { truth }: SimulationRun): string[] {
  if (!day?.ok) return [`${name} has no day: ${day ? day.problem.code : 'it does not answer'}`];
  const connection = status?.ok ? status.value.connection : 'not known';
  const found = compareDay(day.value.view, truth);
  if (connection !== 'online') found.push(`is ${connection}`);
  if (day.value.asOf !== null) found.push(`knows its day as of ${day.value.asOf}`);
  return found.map((difference) => `${name}: ${difference}`);
}

function provisionalAt({ name, day, outbox, status }: DeskEnd): string[] {
  const undecided = outbox?.ok ? outbox.value.filter(({ state }) => state !== 'refused') : [];
  const shown = day?.ok ? day.value.provisional : [];
  const waiting = status?.ok ? status.value.waiting : 0;
  return [
    ...undecided.map(({ typed, state }) => `${name}: ${typed.type} ${typed.command.commandId} is ${state}`),
    ...shown.map(({ appointmentId }) => `${name}: ${appointmentId} is shown as provisional`),
    ...(waiting === undecided.length ? [] : [`${name}: says that ${waiting} are waiting`]),
  ];
}
