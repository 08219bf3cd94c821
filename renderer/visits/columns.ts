import type { Appointment, Patient } from '../../core/calendar/appointment.ts';
import type { DayView, Resource, Service } from '../../core/calendar/calendar.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import { subtract, union, type Interval } from '../../core/domain/time/interval.ts';
import { minutesPerQuarter, quarterOf } from '../../core/domain/time/quarter.ts';
import type { DayScale } from '../words/day-scale.ts';
import { assignLanes, type Lane } from './assign-lanes.ts';

/** A visit with everything that its card shows. */
export interface Visit extends Interval, Lane {
  readonly appointment: Appointment;
  readonly patient: Patient | null;
  readonly service: Service | null;
  readonly providerName: string;
  readonly roomName: string | null;
  readonly equipmentName: string | null;
  readonly isProvisional: boolean;
}

/** A resource's day. `runs` are its open slots with their seats. `closed` is the rest of the day. */
export interface Column {
  readonly resource: Resource;
  readonly runs: readonly (Interval & { readonly capacity: number })[];
  readonly closed: readonly Interval[];
  readonly visits: readonly Visit[];
}

export function heldBy(appointment: Appointment, kind: ResourceKind): string | null {
  if (kind === 'provider') return appointment.providerId;
  return kind === 'room' ? appointment.roomId : appointment.equipmentId;
}

function clip(interval: Interval, scale: DayScale): Interval {
  return { start: Math.max(interval.start, scale.start), end: Math.min(interval.end, scale.end) };
}

function byResource<T>(items: readonly T[], resourceIdOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const resourceId = resourceIdOf(item);
    if (resourceId === null) continue;
    const group = groups.get(resourceId);
    if (group) group.push(item);
    else groups.set(resourceId, [item]);
  }
  return groups;
}

/** The columns of one kind of resource, by name. Resources that neither work nor have visits that day come last. */
export function columnsOf(
  view: DayView,
  provisional: Pick<ReadonlySet<string>, 'has'>,
  scale: DayScale,
  kind: ResourceKind,
): Column[] {
  const patients = new Map(view.patients.map((patient) => [patient.patientId, patient]));
  const services = new Map(view.services.map((service) => [service.serviceId, service]));
  const names = new Map(view.resources.map(({ resourceId, name }) => [resourceId, name]));
  const nameOf = (resourceId: string | null) => (resourceId === null ? null : (names.get(resourceId) ?? null));
  const runsOf = byResource(view.openRuns, (run) => run.resourceId);
  const appointmentsOf = byResource(view.appointments, (appointment) => heldBy(appointment, kind));

  const columns = view.resources
    .filter((resource) => resource.kind === kind)
    .map((resource): Column => {
      const runs = (runsOf.get(resource.resourceId) ?? [])
        .map((run) => ({
          ...clip({ start: quarterOf(run.startsAt), end: quarterOf(run.endsAt) }, scale),
          capacity: run.capacity,
        }))
        .filter((run) => run.start < run.end);
      const capacityOf = (stretch: Interval) =>
        runs.reduce((max, run) => {
          const isWithin = run.start < stretch.end && stretch.start < run.end;
          return isWithin ? Math.max(max, run.capacity) : max;
        }, 1);
      const windows = (appointmentsOf.get(resource.resourceId) ?? []).map((appointment) => {
        const start = quarterOf(appointment.scheduledStart);
        const end = start + appointment.durationMinutes / minutesPerQuarter;
        return { appointment, start, end };
      });
      const lanes = assignLanes(windows, capacityOf);
      const visits = windows
        .map(({ appointment, start, end }, index): Visit => ({
          appointment,
          start,
          end,
          ...(lanes[index] ?? { lane: 0, lanes: 1 }),
          patient: appointment.patientId === null ? null : (patients.get(appointment.patientId) ?? null),
          service: services.get(appointment.serviceId) ?? null,
          providerName: nameOf(appointment.providerId) ?? '',
          roomName: nameOf(appointment.roomId),
          equipmentName: nameOf(appointment.equipmentId),
          isProvisional: provisional.has(appointment.appointmentId),
        }))
        .toSorted((a, b) => a.start - b.start || a.lane - b.lane);
      return { resource, runs, closed: subtract([scale], union(runs)), visits };
    });
  return columns.toSorted(
    (a, b) => Number(isOff(a)) - Number(isOff(b)) || a.resource.name.localeCompare(b.resource.name),
  );
}

/** Whether the resource is neither on the roster nor has a visit. */
export function isOff(column: Column): boolean {
  return column.runs.length === 0 && column.visits.length === 0;
}

function sameFields<T extends object>(a: T, b: T): boolean {
  return Object.keys(a).every((key) => a[key as keyof T] === b[key as keyof T]);
}

function sameItems<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, n) => sameFields(item, b[n] as T));
}

/**
 * The next columns, in which each unchanged column and visit is the same object as before. So one changed visit makes React
 * draw one column, and not the other nineteen.
 */
export function keepUnchanged(previous: readonly Column[], next: readonly Column[]): readonly Column[] {
  const before = new Map(previous.map((column) => [column.resource.resourceId, column]));
  const kept = next.map((column): Column => {
    const old = before.get(column.resource.resourceId);
    if (!old) return column;
    const oldVisits = new Map(old.visits.map((visit) => [visit.appointment.appointmentId, visit]));
    const visits = column.visits.map((visit) => {
      const oldVisit = oldVisits.get(visit.appointment.appointmentId);
      return oldVisit && sameFields(visit, oldVisit) ? oldVisit : visit;
    });
    const isSame =
      old.resource === column.resource &&
      sameItems(old.runs, column.runs) &&
      sameItems(old.closed, column.closed) &&
      visits.length === old.visits.length &&
      visits.every((visit, n) => visit === old.visits[n]);
    return isSame ? old : { ...column, visits };
  });
  return kept.length === previous.length && kept.every((column, n) => column === previous[n]) ? previous : kept;
}

/** Remembers the columns that were drawn last, and applies keepUnchanged to the next ones. */
export function makeColumnKeeper(): (next: readonly Column[]) => readonly Column[] {
  let drawn: readonly Column[] = [];
  return (next) => {
    drawn = keepUnchanged(drawn, next);
    return drawn;
  };
}
