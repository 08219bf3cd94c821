import type { Command, CommandType, TypedCommand } from '../../../core/commands/list.ts';
import { transitionTypes, type TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { forecastBook } from './forecast-book.ts';
import { forecastMove, forecastReinstate } from './forecast-move.ts';
import { forecastTransition } from './forecast-transition.ts';
import { raisedBy } from './freed-slots.ts';
import {
  forecast,
  patientOf,
  registrationOf,
  type Forecaster,
  type ForecastWithProblem,
  type Horizon,
} from './horizon.ts';

const transitions = Object.fromEntries(transitionTypes.map((type) => [type, forecastTransition(type)])) as unknown as {
  readonly [T in TransitionType]: Forecaster<T>;
};

/** What the desk expects of each command. A command that is not here does not compile. */
const forecasters: { readonly [T in CommandType]: Forecaster<T> } = {
  ...transitions,
  book: forecastBook,
  move: forecastMove,
  reinstate: forecastReinstate,
  'raise-capacity': (_horizon, { body }) => forecast({ frees: raisedBy(body) }),
  'register-patient': (_horizon, { body: { patientId, displayName, birthDate, phone, alert } }) =>
    forecast({ patient: { patientId, displayName, birthDate, phone, alert } }),
  'join-waitlist': (horizon, { body: { patientId } }) =>
    forecast({ patient: patientOf(horizon, patientId), waitsFor: registrationOf(horizon, patientId) }),
  'leave-waitlist': () => forecast({}),
};

/**
 * Decides a command by the rules of the server (core/domain), from the days that this desk holds and what it has not sent
 * yet. The server judges; the forecast says what to show until it has, and what is senseless to keep while it is away.
 */
export function forecastOf(horizon: Horizon, { type, command }: TypedCommand): ForecastWithProblem {
  // Type and command are a pair; TypeScript cannot follow it through the union.
  const forecaster = forecasters[type] as (horizon: Horizon, command: Command) => ForecastWithProblem;
  return forecaster(horizon, command);
}
