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
 * Forecasts a command by the server's rules (core/domain), from the days that this desk holds and its undecided commands. The
 * server judges. The forecast says what to show until then, and which commands not to keep while the server is away.
 */
export function forecastOf(horizon: Horizon, { type, command }: TypedCommand): ForecastWithProblem {
  // Type and command are a pair; TypeScript cannot follow the pair through the union.
  const forecaster = forecasters[type] as (horizon: Horizon, command: Command) => ForecastWithProblem;
  return forecaster(horizon, command);
}
