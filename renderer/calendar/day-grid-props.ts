import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import type { DayScale } from '../words/day-scale.ts';
import type { GestureHost } from './grid-gestures.ts';

export interface Draft extends Interval {
  readonly resourceId: string;
}

export interface DayGridProps extends Omit<GestureHost, 'columns' | 'scale' | 'onSelect'> {
  readonly columns: readonly Column[];
  /** The day, and how high a quarter of an hour is drawn. */
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  readonly siteName: string;
  readonly now: Quarter;
  readonly mayCheckIn: boolean;
  readonly permissions: readonly Permission[];
  /** The window that the booking panel speaks of. */
  readonly draft: Draft | null;
  /** `end` is null for a click or Enter: the service says how long. */
  onSelect(resourceId: string, start: Quarter, end: Quarter | null): void;
  /** `wish`: what the person asked for, and is asked back. */
  onOpen(appointmentId: string, wish?: TransitionType): void;
  onAct(appointmentId: string, type: TransitionType): void;
  onZoom?(step: 1 | -1): void;
}
