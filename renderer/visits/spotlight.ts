import type { Quarter } from '../../core/domain/time/quarter.ts';

/** Something on a day that the person asked to see. `key` tells one asking from the next. */
export interface Spotlight {
  readonly key: number;
  readonly date: string;
  readonly quarter: Quarter;
  /** Cards that are outlined for a moment. */
  readonly appointmentIds: readonly string[];
  /** The visit whose panel opens. */
  readonly opens: string | null;
}
