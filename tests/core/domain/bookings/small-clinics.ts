import * as fc from 'fast-check';

import { claimedIntervals } from '../../../../core/domain/bookings/claimed-slots.ts';
import type {
  BookingFacts,
  CalendarFacts,
  Occupancy,
  PatientVisit,
  Placement,
  Request,
  ResourceFacts,
  SlotRun,
} from '../../../../core/domain/bookings/facts.ts';

/** Small clinics, so that a few hundred of them hold every case: full, closed, overbooked, at another site, unsuitable. */
export const siteId = 'site-here';
export const day = { start: 0, end: 20 };

const resource = (kind: ResourceFacts['kind'], n: number) =>
  fc.record<ResourceFacts>({
    resourceId: fc.constant(`${kind}-${n}`),
    kind: fc.constant(kind),
    name: fc.constant(`${kind} ${n}`),
    siteId: kind === 'provider' ? fc.constant(null) : fc.constantFrom(siteId, siteId, siteId, 'site-there'),
    roomFeatures: kind === 'room' ? fc.subarray(['sink', 'lead']) : fc.constant([]),
    equipmentType: kind === 'equipment' ? fc.constantFrom('ecg', 'laser') : fc.constant(null),
  });

const resources = fc.tuple(
  ...[1, 2, 3].map((n) => resource('provider', n)),
  ...[1, 2, 3].map((n) => resource('room', n)),
  ...[1, 2].map((n) => resource('equipment', n)),
);

/** Runs that never overlap, because slots are unique. Some are at another site, some have several seats. */
function runsOf(resourceId: string): fc.Arbitrary<SlotRun[]> {
  const stretch = fc.record({
    length: fc.integer({ min: 1, max: 14 }),
    capacity: fc.constantFrom(0, 1, 1, 1, 2),
    at: fc.constantFrom(siteId, siteId, siteId, siteId, 'site-there'),
  });
  return fc.array(stretch, { minLength: 1, maxLength: 4 }).map((stretches) => {
    let start = day.start;
    return stretches.flatMap(({ length, capacity, at }) => {
      const run = { resourceId, siteId: at, capacity, start, end: Math.min(start + length, day.end) };
      start = run.end;
      return capacity > 0 && run.start < run.end ? [run] : [];
    });
  });
}

const window = fc
  .tuple(fc.integer({ min: day.start - 2, max: day.end }), fc.integer({ min: 1, max: 4 }))
  .map(([start, length]) => ({ start, end: start + length }));

function occupanciesOf(resourceIds: readonly string[]): fc.Arbitrary<Occupancy[]> {
  const held = fc.record({
    resourceId: fc.constantFrom(...resourceIds),
    appointmentId: fc.integer({ min: 1, max: 9 }).map((n) => `held-${n}`),
    window,
  });
  const unique = fc.uniqueArray(held, {
    maxLength: 14,
    selector: ({ resourceId, appointmentId }) => `${resourceId} ${appointmentId}`,
  });
  return unique.map((list) => list.map(({ window: interval, ...rest }) => ({ ...rest, ...interval })));
}

export const calendar: fc.Arbitrary<CalendarFacts> = resources.chain((all) => {
  const ids = all.map((one) => one.resourceId);
  return fc
    .tuple(fc.tuple(...ids.map(runsOf)), occupanciesOf(ids))
    .map(([runs, occupancies]) => ({ siteId, resources: all, openRuns: runs.flat(), occupancies }));
});

const service = fc.record({
  serviceId: fc.constant('service'),
  name: fc.constant('Check-up'),
  durationQuarters: fc.integer({ min: 1, max: 3 }),
  bufferBeforeQuarters: fc.integer({ min: 0, max: 1 }),
  bufferAfterQuarters: fc.integer({ min: 0, max: 1 }),
  needsRoom: fc.boolean(),
  roomFeature: fc.constantFrom(null, null, 'sink'),
  equipmentType: fc.constantFrom(null, null, 'ecg'),
  patientMayOverlap: fc.boolean(),
  providerIds: fc.constant(['provider-1', 'provider-2', 'provider-3']),
});

const visits: fc.Arbitrary<PatientVisit[]> = fc
  .array(window, { maxLength: 1 })
  .map((windows) => windows.map((interval, n) => ({ appointmentId: `own-${n}`, siteId, ...interval })));

export const bookingFacts: fc.Arbitrary<BookingFacts> = fc.record({ service, calendar, patientVisits: visits });

export function requestIn(facts: BookingFacts, over: Partial<Request> = {}): Request {
  const start = over.start ?? 4;
  return {
    appointmentId: 'asked',
    siteId,
    patientId: 'patient',
    serviceId: facts.service.serviceId,
    providerId: 'provider-1',
    roomId: null,
    equipmentId: null,
    start,
    end: start + facts.service.durationQuarters,
    ...over,
  };
}

/** Facts with a request for the asked provider or another, sometimes with a room or a piece of equipment named. */
export const factsAndRequest = fc
  .record({
    facts: bookingFacts,
    providerId: fc.constantFrom('provider-1', 'provider-2'),
    start: fc.integer({ min: day.start - 1, max: day.end }),
    length: fc.integer({ min: 1, max: 4 }),
    roomId: fc.constantFrom(null, null, null, 'room-1'),
    equipmentId: fc.constantFrom(null, null, null, 'equipment-1'),
    appointmentId: fc.constantFrom('asked-1', 'asked-2', 'asked-3', 'asked-4'),
  })
  .map(({ facts, length, ...asked }) => ({
    facts,
    request: requestIn(facts, { ...asked, end: asked.start + length }),
  }));

/** The same facts after the call has written a placement. */
export function withBooked(facts: BookingFacts, placement: Placement): BookingFacts {
  const { appointmentId, start, end } = placement;
  const own = claimedIntervals(placement).map(({ resourceId, interval }) => ({
    resourceId,
    appointmentId,
    ...interval,
  }));
  return {
    ...facts,
    calendar: { ...facts.calendar, occupancies: [...facts.calendar.occupancies, ...own] },
    patientVisits: placement.patientMayOverlap
      ? facts.patientVisits
      : [...facts.patientVisits, { appointmentId, siteId: placement.siteId, start, end }],
  };
}

/** A clinic of one provider, one room and one ECG, open from 0 to 20, with everything free: for cases by hand. */
export function quietClinic(over: Partial<BookingFacts['service']> = {}): BookingFacts {
  const open = (resourceId: string) => ({ resourceId, siteId, capacity: 1, ...day });
  const make = (resourceId: string, kind: ResourceFacts['kind']): ResourceFacts => ({
    resourceId,
    kind,
    name: resourceId,
    siteId: kind === 'provider' ? null : siteId,
    roomFeatures: kind === 'room' ? ['sink'] : [],
    equipmentType: kind === 'equipment' ? 'ecg' : null,
  });
  return {
    service: {
      serviceId: 'service',
      name: 'Check-up',
      durationQuarters: 2,
      bufferBeforeQuarters: 0,
      bufferAfterQuarters: 0,
      needsRoom: false,
      roomFeature: null,
      equipmentType: null,
      patientMayOverlap: false,
      providerIds: ['provider-1', 'provider-2'],
      ...over,
    },
    calendar: {
      siteId,
      resources: [
        make('provider-1', 'provider'),
        make('provider-2', 'provider'),
        make('room-1', 'room'),
        make('room-2', 'room'),
        make('equipment-1', 'equipment'),
      ],
      openRuns: ['provider-1', 'provider-2', 'room-1', 'room-2', 'equipment-1'].map(open),
      occupancies: [],
    },
    patientVisits: [],
  };
}

/** Lets another visit hold a resource over some quarters. */
export function hold(facts: BookingFacts, resourceId: string, start: number, end: number, by = 'other'): BookingFacts {
  const occupancies = [...facts.calendar.occupancies, { resourceId, appointmentId: by, start, end }];
  return { ...facts, calendar: { ...facts.calendar, occupancies } };
}
