import type { Patient } from '../../../core/calendar/appointment.ts';
import { isRegistration, type Command, type CommandType } from '../../../core/commands/list.ts';
import type { Problem } from '../../../core/contract/problem.ts';
import type { Quarter } from '../../../core/domain/time/quarter.ts';
import type { Store } from '../../../db/sqlite/open-store.ts';
import type { ShownDays } from '../days/shown-days.ts';
import type { Forecast, StoredCommand } from '../store/outbox.ts';
import { loadPatient } from '../store/patients.ts';

/** What the desk knows when a command is made. */
export interface Horizon {
  readonly store: Store;
  readonly orgId: string;
  readonly now: Quarter;
  readonly undecided: readonly StoredCommand[];
  readonly shown: ShownDays;
}

/** A forecast, and why the desk would refuse the command; null: the desk knows nothing against it. */
export interface ForecastWithProblem extends Forecast {
  readonly problem: Problem | null;
}

/** What the desk makes of a command of one type. */
export type Forecaster<T extends CommandType> = (horizon: Horizon, command: Command<T>) => ForecastWithProblem;

/** A forecast with the members of `known`; every other member is null or empty. */
export function forecast(known: Partial<Forecast>, problem: Problem | null = null): ForecastWithProblem {
  return { expected: null, patient: null, waitsFor: [], frees: [], ...known, problem };
}

/** The patient as this desk knows them: from an undecided registration, else from the store; null where unknown. */
export function patientOf({ store, orgId, undecided }: Horizon, patientId: string): Patient | null {
  const registered = undecided.find(({ typed, lane }) => isRegistration(typed) && lane === patientId);
  return registered?.patient ?? loadPatient(store, orgId, patientId);
}

/** The id of the patient's registration while the server has not decided it; else empty. */
export function registrationOf({ undecided }: Horizon, patientId: string): string[] {
  return undecided.flatMap(({ typed, lane }) =>
    isRegistration(typed) && lane === patientId ? [typed.command.commandId] : [],
  );
}
