/** Why a visit was cancelled, as a code that reports count (FHIR Appointment.cancelationReason). Free text stands beside it. */
export const cancelReasons = ['patient', 'clinic', 'roster', 'weather', 'other'] as const;

/** Who asked for a cancellation. */
export const cancellers = ['patient', 'clinic'] as const;
