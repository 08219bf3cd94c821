import { Check, CircleDot, CircleQuestionMark, CloudOff, DoorOpen, Hourglass, X } from 'lucide-react';

import type { AppointmentStatus } from '../../core/domain/terms.ts';

export type MarkedStatus = AppointmentStatus | 'provisional';

/** The statuses that a day can show, in the order of a visit's life; `provisional` is the desk's own. */
export const statusesInLegend = [
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'noshow',
  'pending',
  'proposed',
  'provisional',
] as const satisfies readonly MarkedStatus[];

const marks = {
  proposed: Hourglass,
  pending: CircleQuestionMark,
  booked: null,
  arrived: CircleDot,
  'checked-in': DoorOpen,
  fulfilled: Check,
  noshow: X,
  cancelled: X,
  'entered-in-error': X,
  provisional: CloudOff,
} as const satisfies Record<MarkedStatus, unknown>;

/** The status as a shape, for those who don't tell the colours apart. Its word is in the name of what it stands on. */
export function StatusMark({ status, size = 12 }: { readonly status: MarkedStatus; readonly size?: number }) {
  const Mark = marks[status];
  return Mark ? <Mark aria-hidden size={size} strokeWidth={2.25} className="shrink-0" /> : null;
}
