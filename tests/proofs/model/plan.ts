/**
 * What fast-check draws: a small clinic, what each client sends, and in which order their steps are let through. Plain
 * numbers, so that a counterexample can be read and shrinks towards fewer clients, commands and switches. Times are in
 * quarters from the clinic's opening; every index is taken modulo what there is.
 */
export interface Plan {
  readonly clinic: ClinicPlan;
  /** The hours that everybody wants, one to four quarters: starts from 1 to 4 are folded into them. */
  readonly rushQuarters: number;
  /** Sent one after another before the clients begin, so that there are visits to move and to cancel. */
  readonly prelude: readonly BookIntent[];
  readonly clients: readonly (readonly Intent[])[];
  /**
   * At each step the n-th of the clients that could go on does; used over and over from the start. From
   * `postponeCommits` on, of those who need not commit, while there are such: transactions overlap longer.
   */
  readonly choices: readonly number[];
}

/** See `rushQuarters`. */
export const mostRushQuarters = 4;

/** A choice of at least this is for a step that is no COMMIT. */
export const postponeCommits = 6;

export interface ResourcePlan {
  readonly capacity: number;
  /** Quarters that are off the roster. */
  readonly closed: readonly number[];
  /** Of a room alone. */
  readonly hasBed: boolean;
}

export interface ServicePlan {
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly room: 'none' | 'any' | 'bed';
  readonly needsEquipment: boolean;
  readonly patientMayOverlap: boolean;
  /** Whether the provider of this index offers it; those beyond do. */
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
 * What a command follows, by its afterCommandId: the n-th that is planned, or the booking of the visit that it is about;
 * null: it follows none. A move or a reinstatement then names no version.
 */
export type After = number | 'booking' | null;

/** From here on a visit's index counts all that are planned; below, those that somebody has heard of when it is sent. */
export const anyVisit = 20;

/** A null among what is named: nothing of the kind. A null as index of a service, patient or visit: an unknown one. */
export interface BookIntent {
  readonly type: 'book';
  /** The visit of an earlier booking whose id is used once more; null: a new one. */
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
  /** Added to the version that was last heard of: 0 is what an attentive desk sends. */
  readonly versionOff: number;
  readonly start: number | null;
  readonly duration: number | null;
  readonly provider: number | null;
  readonly room: number | null;
  readonly equipment: number | null;
  readonly after: After;
  /** The n-th that is planned, which it takes back; null: none. */
  readonly undoes: number | null;
}

export interface TransitionIntent {
  readonly type: 'cancel' | 'check-in' | 'un-arrive';
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
  /** The same command once more, whoever sent it first, and even if that one comes later. */
  | { readonly type: 'again'; readonly of: number }
  /** Another command under the id of that one. */
  | { readonly type: 'under-id-of'; readonly of: number; readonly intent: FreshIntent };
