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
  /** The window that the booking panel speaks of. */
  readonly draft: Draft | null;
  /** `end` is null for a click or Enter: the service says how long. */
  onSelect(resourceId: string, start: Quarter, end: Quarter | null): void;
  /** `cancel`: the person asked for that, and is asked back. */
  onOpen(appointmentId: string, wish?: 'cancel'): void;
  onCheckIn(appointmentId: string): void;
  onZoom?(step: 1 | -1): void;
}
