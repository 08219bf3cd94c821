import { definitionOf, isRegistration, type TypedCommand } from '../../../core/commands/list.ts';
import type { Decision } from '../../../core/contract/desk/calls.ts';
import type { DeskProblem } from '../../../core/contract/problem.ts';
import type { Session } from '../../../core/contract/session.ts';
import { withoutPatients } from '../../../core/contract/without-patients.ts';
import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import { quarterDuring } from '../../../core/domain/time/quarter.ts';
import { forecastOf } from '../bookings/forecasts.ts';
import type { ForecastWithProblem } from '../bookings/horizon.ts';
import { showDays } from '../days/shown-days.ts';
import type { DeskClock } from '../environment/clock.ts';
import type { DeskHooks } from '../environment/hooks.ts';
import type { DeskTimers } from '../environment/timers.ts';
import type { DeskTiming } from '../environment/timing.ts';
import { within } from '../environment/within.ts';
import type { DeskEvents } from '../events/page-events.ts';
import { deskProblem, notAllowed } from '../problems/problem.ts';
import { keepClockOffset, loadCommand, loadUndecided, writeCommand, type StoredCommand } from '../store/outbox.ts';
import { writePatient } from '../store/patients.ts';
import { inTransaction } from '../store/prepared.ts';
import type { LiveSync } from '../sync/live-sync.ts';
import type { OutboxPusher } from '../sync/push-outbox.ts';
import { explainRefusal, type ExplainParts } from './explain-refusal.ts';
import { stretchesShownBy } from './settle.ts';
import { tookBack, undoneHere, withdraw } from './withdraw.ts';

/** The parts of the desk that sending a command needs. */
export interface SendParts extends ExplainParts {
  readonly live: Pick<LiveSync, 'tellDays'>;
  readonly outbox: OutboxPusher;
  readonly events: DeskEvents;
  readonly clock: DeskClock;
  readonly timing: DeskTiming;
  readonly timers: DeskTimers;
  readonly hooks: DeskHooks;
}

/**
 * Forecasts a command, writes it into the outbox and has the server decide it. When this function answers, the command is on
 * the disk or was refused. While the server is silent, the desk refuses only by its own forecast; else the command waits.
 */
export async function sendCommand(
  parts: SendParts,
  { person }: Session,
  typed: TypedCommand,
): Promise<Result<Decision, DeskProblem>> {
  const { store, outbox, status, live, clockOffset, timing, timers, hooks } = parts;
  if (typed.command.actorId !== person.userId) {
    return refused(deskProblem('forbidden', 'Somebody else has signed in meanwhile. Do it again as yourself.', null));
  }
  const { permission } = definitionOf(typed.type);
  if (!person.permissions.includes(permission)) return refused(notAllowed(permission));
  const { orgId } = person;
  const { commandId } = typed.command;
  const isOffline = status.current().connection === 'offline';

  const known = loadCommand(store, commandId);
  if (known?.resolution === 'withdrawn') return ok(tookBack(commandId));
  const undone = known ? null : undoneHere(store, orgId, typed);
  if (undone) return ok(await takeBack(parts, orgId, typed, undone));
  let forecast: ForecastWithProblem | undefined;
  if (!known) {
    const undecided = loadUndecided(store, orgId);
    const now = quarterDuring(clockOffset.databaseInstant());
    forecast = forecastOf({ store, orgId, now, undecided, shown: showDays(store, orgId, undecided) }, typed);
    if (forecast.problem && isOffline) {
      const seesPatients = person.permissions.includes('read-patients');
      const problem = seesPatients ? forecast.problem : withoutPatients(forecast.problem);
      return ok({ kind: 'refused', problem });
    }
  }
  const written = inTransaction(store, () => {
    // A search on this desk finds a patient registered here also before the server knows them.
    if (isRegistration(typed) && forecast?.patient) writePatient(store, orgId, forecast.patient);
    const done = writeCommand(store, orgId, typed, forecast);
    const offset = clockOffset.current();
    if (done === 'written' && offset !== null) keepClockOffset(store, commandId, offset);
    return done;
  });
  if (written === 'reused') {
    return refused(deskProblem('command-reused', 'A new command needs an id of its own; nothing was sent.', null));
  }
  if (known && known.state !== 'saved' && known.state !== 'sent') return explainRefusal(parts, commandId);
  await hooks.stored?.();
  status.outboxChanged();

  const decided = outbox.decisionOn(commandId);
  const decision = isOffline ? null : await within(timers, timing.answerLimitMs, decided);
  if (isOffline) decided.catch(() => undefined);
  if (decision && decision.kind !== 'waiting') return ok(decision);
  // Other windows of this desk show the forecast too.
  if (forecast) live.tellDays(stretchesShownBy({ typed, expected: forecast.expected }));
  return ok({ kind: 'waiting' });
}

/**
 * Withdraws a command and its undo. The page hears of the withdrawn command before the undo is answered, and stops showing
 * it.
 */
async function takeBack(
  { store, events, outbox, status, live, clock, hooks }: SendParts,
  orgId: string,
  undo: TypedCommand,
  undone: StoredCommand,
): Promise<Decision> {
  withdraw(store, orgId, undo, undone, clock.instant());
  await hooks.withdrawn?.();
  const { type, command } = undone.typed;
  const decision = tookBack(command.commandId);
  if (undone.state !== 'refused') {
    events.emit({ type: 'decided', commandId: command.commandId, commandType: type, decision });
  }
  outbox.resolve(command.commandId, decision);
  live.tellDays(stretchesShownBy(undone));
  status.outboxChanged();
  return tookBack(undo.command.commandId);
}
