import type { AppointmentStatus } from '../statuses.ts';
import type { ResourceKind } from '../terms.ts';
import type { Interval } from '../time/interval.ts';
import type { Quarter } from '../time/quarter.ts';

/** A service, as much of it as a decision needs. Durations and buffers are in quarters. */
export interface ServiceFacts {
  readonly serviceId: string;
  readonly name: string;
  readonly durationQuarters: number;
  readonly bufferBeforeQuarters: number;
  readonly bufferAfterQuarters: number;
  readonly needsRoom: boolean;
  /** The feature that a room must have; null: any room will do. */
  readonly roomFeature: string | null;
  /** The type of equipment that the service needs; null: none. */
  readonly equipmentType: string | null;
  readonly patientMayOverlap: boolean;
  readonly providerIds: readonly string[];
}

export interface ResourceFacts {
  readonly resourceId: string;
  readonly kind: ResourceKind;
  readonly name: string;
  /** Null for providers, who may work at several sites. */
  readonly siteId: string | null;
  readonly roomFeatures: readonly string[];
  readonly equipmentType: string | null;
}

/** Adjacent slots of one resource, at one site, with one capacity. A slot in no run is closed. */
export interface SlotRun extends Interval {
  readonly resourceId: string;
  readonly siteId: string;
  readonly capacity: number;
}

/** The interval for which one appointment holds one resource, buffers included. */
export interface Occupancy extends Interval {
  readonly resourceId: string;
  readonly appointmentId: string;
}

/** What is known of one site over some stretch of time, from one snapshot. The facts may be stale; the call judges. */
export interface CalendarFacts {
  readonly siteId: string;
  readonly resources: readonly ResourceFacts[];
  readonly openRuns: readonly SlotRun[];
  readonly occupancies: readonly Occupancy[];
}

/** A visit that the patient already has at any site, and that no other may overlap (it has patient claims). */
export interface PatientVisit extends Interval {
  readonly appointmentId: string;
  readonly siteId: string;
}

export interface BookingFacts {
  readonly service: ServiceFacts;
  readonly calendar: CalendarFacts;
  readonly patientVisits: readonly PatientVisit[];
}

/** What is asked: a window, a provider, and the room and the equipment that a person named (null: not named). */
export interface Request extends Interval {
  readonly appointmentId: string;
  readonly siteId: string;
  readonly patientId: string | null;
  readonly serviceId: string;
  readonly providerId: string;
  readonly roomId: string | null;
  readonly equipmentId: string | null;
}

/** Where a decision puts an appointment. The interval is the visit; the buffers come from the service. */
export interface Placement extends Request {
  readonly bufferBeforeQuarters: number;
  readonly bufferAfterQuarters: number;
  readonly patientMayOverlap: boolean;
}

/** An appointment, as much of it as a decision needs: where it is placed, its version and its status. */
export interface AppointmentFacts extends Placement {
  readonly version: number;
  readonly status: AppointmentStatus;
  /** Of a visit whose patient did not come: from here on its slots are free. Null: the visit holds them to its end. */
  readonly holdsUntil: Quarter | null;
}

/** A free placement near the one that was asked. */
export interface Alternative extends Interval {
  readonly providerId: string;
  readonly roomId: string | null;
  readonly equipmentId: string | null;
}

/**
 * One thing that stands in the way, and the interval over which it does.
 * - `taken`: `appointmentId` holds the resource's slots.
 * - `closed`: the resource is off the roster, or not open at this site.
 * - `none-suitable`: the site has no resource of this kind that satisfies the service.
 * - `patient-busy`: the patient is in another visit.
 */
export type Blocker =
  | (Interval & {
      readonly reason: 'taken';
      readonly kind: ResourceKind;
      readonly resourceId: string;
      readonly appointmentId: string;
    })
  | (Interval & { readonly reason: 'closed'; readonly kind: ResourceKind; readonly resourceId: string })
  | (Interval & {
      readonly reason: 'none-suitable';
      readonly kind: 'room' | 'equipment';
      readonly needed: string | null;
    })
  | (Interval & { readonly reason: 'patient-busy'; readonly appointmentId: string });

/** Why a decision refuses a request. */
export type BookingError =
  | { readonly kind: 'conflict'; readonly blockers: readonly Blocker[] }
  | { readonly kind: 'not-offered'; readonly serviceId: string; readonly providerId: string }
  | { readonly kind: 'unsuitable'; readonly resourceId: string }
  | { readonly kind: 'in-the-past'; readonly now: Quarter };
