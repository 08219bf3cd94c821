import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import type { Permission } from '../../core/domain/people/permissions.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import type { Present } from '../../core/domain/time/present.ts';
import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import type { DayScale } from '../words/day-scale.ts';
import type { GestureHost } from './grid-gestures.ts';

export interface Draft extends Interval {
  readonly resourceId: string;
}

export interface DayGridProps extends Omit<GestureHost, 'columns' | 'scale' | 'onSelect'> {
  readonly columns: readonly Column[];
  /** The day, and the height of a quarter of an hour on the screen. */
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  readonly siteName: string;
  readonly present: Present;
  readonly permissions: readonly Permission[];
  /** The column and the window that the booking panel is filled in for. */
  readonly draft: Draft | null;
  /** `end` is null for a click or Enter: then the service says how long the visit is. */
  onSelect(resourceId: string, start: Quarter, end: Quarter | null): void;
  /** `wish`: the change that the person asked for. The panel asks back before it is made. */
  onOpen(appointmentId: string, wish?: TransitionType): void;
  onAct(appointmentId: string, type: TransitionType): void;
  onZoom?(step: 1 | -1): void;
}
