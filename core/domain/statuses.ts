/**
 * The statuses of an appointment (FHIR R4 Appointment.status, less the codes that a front desk has no use for), and the only
 * place that says what each means. A new status is a row here; code that must say more of each status then does not compile.
 */

/** The groups of the day's people, in the order of a patient's way through the clinic. */
export const dayLists = ['waiting', 'expected', 'checkedIn', 'done', 'missed'] as const;
export type DayList = (typeof dayLists)[number];

/** What a status looks like. Styles and marks key on the tone, so a new status has its look from its row. */
export const tones = ['held', 'asked', 'plain', 'here', 'inside', 'done', 'missed', 'gone'] as const;
export type Tone = (typeof tones)[number];

/** The transitions that lead a patient through the clinic, one after the other. */
export type NextStep = 'arrive' | 'check-in' | 'fulfil';

export interface StatusTraits {
  /** The appointment keeps its slots. */
  readonly holds: boolean;
  /** A person may move or resize the appointment. */
  readonly movable: boolean;
  /** Where the day's people list the appointment; null: nowhere. */
  readonly list: DayList | null;
  /** The transition that is the likely next step; null: none. */
  readonly next: NextStep | null;
  readonly tone: Tone;
}

/** The statuses in the order in which a legend lists them. */
export const statusTraits = {
  booked: { holds: true, movable: true, list: 'expected', next: 'arrive', tone: 'plain' },
  /** The patient is here and waits. */
  arrived: { holds: true, movable: true, list: 'waiting', next: 'check-in', tone: 'here' },
  /** The patient is with the provider. */
  'checked-in': { holds: true, movable: true, list: 'checkedIn', next: 'fulfil', tone: 'inside' },
  fulfilled: { holds: true, movable: false, list: 'done', next: null, tone: 'done' },
  noshow: { holds: true, movable: false, list: 'missed', next: null, tone: 'missed' },
  /** The appointment awaits approval. */
  pending: { holds: true, movable: true, list: 'expected', next: null, tone: 'asked' },
  /** The slots are held for an offer, or while a patient types. */
  proposed: { holds: true, movable: false, list: null, next: null, tone: 'held' },
  cancelled: { holds: false, movable: false, list: null, next: null, tone: 'gone' },
  'entered-in-error': { holds: false, movable: false, list: null, next: null, tone: 'gone' },
} as const satisfies Record<string, StatusTraits>;

export type AppointmentStatus = keyof typeof statusTraits;
export const appointmentStatuses = Object.keys(statusTraits) as [AppointmentStatus, ...AppointmentStatus[]];

/** The traits of a status, typed as `StatusTraits` and not as the literals of its row. */
export function traitsOf(status: AppointmentStatus): StatusTraits {
  return statusTraits[status];
}

/** Whether an appointment of this status keeps its slots. The database's `holds_slots` says the same; a test compares them. */
export function holdsSlots(status: AppointmentStatus): boolean {
  return statusTraits[status].holds;
}

/** The statuses that keep their slots. SQL takes the rule as this parameter. */
export const holdingStatuses: readonly AppointmentStatus[] = appointmentStatuses.filter(holdsSlots);
export const movableStatuses: readonly AppointmentStatus[] = appointmentStatuses.filter(
  (status) => statusTraits[status].movable,
);
