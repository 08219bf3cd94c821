import type { Quarter } from '../../core/domain/time/quarter.ts';

/** A place on a day that the person asked to see. Each request has its own `key`. */
export interface Spotlight {
  readonly key: number;
  readonly date: string;
  readonly quarter: Quarter;
  /** Cards that are outlined for a moment. */
  readonly appointmentIds: readonly string[];
  /** The visit whose panel opens. */
  readonly opens: string | null;
}
