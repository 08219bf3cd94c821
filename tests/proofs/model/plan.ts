/**
 * What fast-check draws: a small clinic, the commands of each client, and the order of their steps. A plan is made of plain
 * numbers, so that a counterexample can be read and shrinks towards fewer clients, commands and switches. Times are in
 * quarters from the clinic's opening. Every index is taken modulo the length of its list.
 */
export interface Plan {
  readonly clinic: ClinicPlan;
  /** The length of the rush, the one to four quarters that every client wants. Starts from 1 to 4 are folded into the rush. */
  readonly rushQuarters: number;
  /**
   * Commands that are sent one after another before the clients begin: bookings, so that there are visits to move and to
   * cancel, then changes of status, so that the clients meet visits of every status.
   */
  readonly prelude: readonly (BookIntent | TransitionIntent)[];
  readonly clients: readonly (readonly Intent[])[];
  /**
   * At each step the n-th of the clients that can go on does so. The list is used over and over. A choice of
   * `postponeCommits` or more picks among the clients whose next step is no COMMIT, while there are any, so that
   * transactions overlap longer.
   */
  readonly choices: readonly number[];
}

/** See `rushQuarters`. */
export const maxRushQuarters = 4;

/** A choice of this or more prefers a step that is no COMMIT. */
export const postponeCommits = 6;

export interface ResourcePlan {
  readonly capacity: number;
  /** Quarters that are closed. */
  readonly closed: readonly number[];
  /** Rooms alone have features. */
  readonly hasBed: boolean;
}

export interface ServicePlan {
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly room: 'none' | 'any' | 'bed';
  readonly needsEquipment: boolean;
  readonly patientMayOverlap: boolean;
  /** Whether the provider of this index offers the service. Providers beyond the list do. */
  readonly offeredBy: readonly boolean[];
}

export interface ClinicPlan {
  readonly openQuarters: number;
  readonly providers: readonly ResourcePlan[];
  readonly rooms: readonly ResourcePlan[];
  readonly equipment: readonly ResourcePlan[];
  readonly services: readonly ServicePlan[];
  readonly patients: number;
}

/**
 * The command that a command follows, by its afterCommandId: the n-th planned one, or the booking of its own visit. Null
 * when it follows none. A move or a reinstatement that follows a command names no version.
 */
export type After = number | 'booking' | null;

/** From this index on a visit is one of all planned ones. Below, it is one of those that a desk knows at the sending. */
export const anyVisit = 20;

/** A null room or equipment means that none is named. A null service, patient or visit means an unknown one. */
export interface BookIntent {
  readonly type: 'book';
  /** The earlier booking whose visit id is used once more; null for a new id. */
  readonly sameVisitAs: number | null;
  readonly patient: number | null;
  readonly service: number | null;
  readonly provider: number;
  readonly start: number;
  readonly duration: number | null;
  readonly room: number | null;
  readonly equipment: number | null;
  readonly after: After;
}

export interface MoveIntent {
  readonly type: 'move';
  readonly visit: number | null;
  /** Added to the last known version. A desk that is up to date sends 0. */
  readonly versionOff: number;
  readonly start: number | null;
  readonly duration: number | null;
  readonly provider: number | null;
  readonly room: number | null;
  readonly equipment: number | null;
  readonly after: After;
  /** The n-th planned command, which this one takes back; null for none. */
  readonly undoes: number | null;
}

/** The changes of status that a plan draws, each as often as the list has it. */
export const drawnTransitions = [
  ...(['cancel', 'cancel', 'cancel', 'cancel'] as const),
  ...(['arrive', 'arrive', 'check-in', 'check-in', 'fulfil', 'no-show'] as const),
  ...(['un-arrive', 'un-check-in', 'un-check-in', 'un-fulfil', 'un-no-show', 'un-no-show'] as const),
] as const;

export interface TransitionIntent {
  readonly type: (typeof drawnTransitions)[number];
  readonly visit: number | null;
  readonly after: After;
  readonly undoes: number | null;
}

export interface ReinstateIntent {
  readonly type: 'reinstate';
  readonly visit: number | null;
  readonly versionOff: number;
  readonly after: After;
  readonly undoes: number | null;
}

export interface RaiseIntent {
  readonly type: 'raise-capacity';
  readonly resource: number;
  readonly starts: readonly number[];
  readonly capacity: number;
}

export type FreshIntent = BookIntent | MoveIntent | TransitionIntent | ReinstateIntent | RaiseIntent;

export type Intent =
  | FreshIntent
  /** Sends the same command once more, whichever client sends it first, and even when that sending comes later. */
  | { readonly type: 'again'; readonly of: number }
  /** Another command under the id of the named one. */
  | { readonly type: 'under-id-of'; readonly of: number; readonly intent: FreshIntent };
