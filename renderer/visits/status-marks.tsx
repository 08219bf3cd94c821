import { Check, CircleDot, CircleQuestionMark, CloudOff, DoorOpen, Hourglass, X } from 'lucide-react';

import { appointmentStatuses, traitsOf, type AppointmentStatus } from '../../core/domain/statuses.ts';
import type { ShownTone } from './visit-traits.ts';

/** The statuses that a day can show, in the order of a visit's life. `provisional` exists on the desk alone. */
export const statusesInLegend: readonly {
  readonly status: AppointmentStatus | 'provisional';
  readonly tone: ShownTone;
}[] = [
  ...appointmentStatuses
    .map((status) => ({ status, tone: traitsOf(status).tone }))
    .filter(({ tone }) => tone !== 'gone'),
  { status: 'provisional', tone: 'provisional' },
];

const marks = {
  held: Hourglass,
  asked: CircleQuestionMark,
  plain: null,
  here: CircleDot,
  inside: DoorOpen,
  done: Check,
  missed: X,
  gone: X,
  provisional: CloudOff,
} as const satisfies Record<ShownTone, unknown>;

/** The status as a shape, for people who cannot tell the colours apart. The element that has the mark names the status. */
export function StatusMark({ tone, size = 12 }: { readonly tone: ShownTone; readonly size?: number }) {
  const Mark = marks[tone];
  return Mark ? <Mark aria-hidden size={size} strokeWidth={2.25} className="shrink-0" /> : null;
}
