import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { appointment, type Appointment } from '../../../core/calendar/appointment.ts';
import { dayView, type DayView, type Service } from '../../../core/calendar/calendar.ts';
import { alternative, blocker } from '../../../core/calendar/conflict.ts';
import {
  alternativeView,
  appointmentFactsOf,
  appointmentOf,
  blockerView,
  bookingFactsOf,
  calendarFactsOf,
  serviceFactsOf,
} from '../../../core/calendar/facts.ts';
import { requestOf } from '../../../core/commands/book.ts';
import { decideBook } from '../../../core/domain/bookings/decide-book.ts';
import { findAlternatives } from '../../../core/domain/bookings/find-alternatives.ts';
import { appointmentStatuses, holdsSlots } from '../../../core/domain/statuses.ts';
import { instantOf, quarterOf } from '../../../core/domain/time/quarter.ts';

const idOf = (n: number) => `019aab00-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [site, otherSite, provider, room, ecg, serviceId, patientId, visit] = [1, 2, 3, 4, 5, 6, 7, 8].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const at = (time: string) => `2026-11-23T${time}:00Z`;
const nine = quarterOf(at('09:00'));

const checkUp: Service = {
  serviceId,
  name: 'Check-up',
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  needsRoom: true,
  roomFeature: 'sink',
  equipmentType: 'ecg',
  patientMayOverlap: false,
  providerIds: [provider],
};

function visitWith(over: Partial<Appointment> = {}): Appointment {
  return {
    appointmentId: visit,
    version: 3,
    siteId: site,
    patientId,
    serviceId,
    providerId: provider,
    roomId: room,
    equipmentId: ecg,
    scheduledStart: at('09:00'),
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 15,
    patientMayOverlap: false,
    status: 'booked',
    arrivedAt: null,
    holdsUntil: null,
    ...over,
  };
}

function viewWith(appointments: readonly Appointment[]): DayView {
  const resource = (resourceId: string, kind: 'provider' | 'room' | 'equipment', name: string) => ({
    resourceId,
    kind,
    name,
    siteId: kind === 'provider' ? null : site,
    roomFeatures: kind === 'room' ? ['sink'] : [],
    equipmentType: kind === 'equipment' ? 'ecg' : null,
  });
  return dayView.parse({
    site: { siteId: site, name: 'Mitte', timeZone: 'Europe/Berlin' },
    date: '2026-11-23',
    startsAt: '2026-11-22T23:00:00Z',
    endsAt: '2026-11-23T23:00:00Z',
    resources: [
      resource(provider, 'provider', 'Dr Amari'),
      resource(room, 'room', 'Room 2'),
      resource(ecg, 'equipment', 'ECG'),
    ],
    services: [checkUp],
    openRuns: [provider, room, ecg].map((resourceId) => ({
      resourceId,
      startsAt: at('08:00'),
      endsAt: at('12:00'),
      capacity: 1,
    })),
    appointments,
    patients: [],
    cursor: 'here',
  });
}

const names: Record<string, string> = { [provider]: 'Dr Amari', [room]: 'Room 2', [ecg]: 'ECG' };
const nameOf = (resourceId: string) => names[resourceId] ?? '';
const body = { appointmentId: idOf(9), siteId: site, patientId: idOf(10), serviceId, providerId: provider };

describe('an appointment as facts', () => {
  test('keeps its window, buffers and status on the way to facts and back', () => {
    const quarters = (max: number) => fc.integer({ min: 0, max }).map((n) => n * 15);
    const any = fc
      .record({
        scheduledStart: fc.integer({ min: 1_900_000, max: 2_100_000 }).map(instantOf),
        durationMinutes: quarters(47).map((minutes) => minutes + 15),
        bufferBeforeMinutes: quarters(8),
        bufferAfterMinutes: quarters(8),
        patientMayOverlap: fc.boolean(),
        status: fc.constantFrom(...appointmentStatuses),
        roomId: fc.constantFrom(null, room),
        equipmentId: fc.constantFrom(null, ecg),
        patientId: fc.constantFrom(null, patientId),
      })
      .map(visitWith);
    fc.assert(
      fc.property(any, (one) => {
        const facts = appointmentFactsOf(one);
        const { version: _, status: __, holdsUntil: ___, ...placement } = facts;
        const back = appointmentOf(placement, { version: one.version, status: one.status, arrivedAt: null });
        expect(appointment.parse(back)).toEqual(one);
        expect((facts.end - facts.start) * 15).toBe(one.durationMinutes);
      }),
    );
  });

  test('holds slots from buffer to buffer, equipment for the visit alone, while its status holds claims', () => {
    for (const status of appointmentStatuses) {
      const held = calendarFactsOf(viewWith([visitWith({ status })])).occupancies;
      const all = [
        { resourceId: provider, appointmentId: visit, start: nine, end: nine + 3 },
        { resourceId: room, appointmentId: visit, start: nine, end: nine + 3 },
        { resourceId: ecg, appointmentId: visit, start: nine, end: nine + 2 },
      ];
      expect(held).toEqual(holdsSlots(status) ? all : []);
    }
  });
});

describe('a day view as facts', () => {
  test("has its open runs at the view's own site, in quarters", () => {
    expect(calendarFactsOf(viewWith([])).openRuns[0]).toEqual({
      resourceId: provider,
      siteId: site,
      capacity: 1,
      start: quarterOf(at('08:00')),
      end: quarterOf(at('12:00')),
    });
  });

  test("knows the patient's own visits, but none of others, none cancelled and none that may overlap", () => {
    const visits = [
      visitWith(),
      visitWith({ appointmentId: idOf(11), patientId: idOf(10) }),
      visitWith({ appointmentId: idOf(12), status: 'cancelled' }),
      visitWith({ appointmentId: idOf(13), patientMayOverlap: true }),
      visitWith({ appointmentId: idOf(14), patientId: null }),
    ];
    const own = [{ appointmentId: visit, siteId: site, start: nine, end: nine + 2 }];
    expect(bookingFactsOf(viewWith(visits), serviceId, patientId)?.patientVisits).toEqual(own);
    expect(bookingFactsOf(viewWith(visits), serviceId, null)?.patientVisits).toEqual([]);
  });

  test('gives no booking facts for a service that the site does not offer', () => {
    expect(bookingFactsOf(viewWith([]), otherSite, patientId)).toBeNull();
  });
});

describe('a book command as a request', () => {
  const service = serviceFactsOf(checkUp);

  test('lasts as long as the service and names no room where the command says neither', () => {
    expect(requestOf({ ...body, scheduledStart: at('09:00') }, service)).toEqual({
      ...body,
      roomId: null,
      equipmentId: null,
      start: nine,
      end: nine + 2,
    });
  });

  test('keeps what the command names, and reads a start with any offset', () => {
    const named = { roomId: room, equipmentId: ecg };
    const request = requestOf(
      { ...body, ...named, scheduledStart: '2026-11-23T14:45:00+05:45', durationMinutes: 60 },
      service,
    );
    expect(request).toEqual({ ...body, ...named, start: nine, end: nine + 4 });
  });
});

describe('a refusal as it travels', () => {
  const facts = bookingFactsOf(viewWith([visitWith({ patientId: idOf(10) })]), serviceId, idOf(10));
  const request = requestOf({ ...body, scheduledStart: at('09:15') }, serviceFactsOf(checkUp));
  const describeVisit = () => ({ serviceName: 'Check-up', patientName: null });

  test('names resource, visit and window of each blocker, and fits the wire schema', () => {
    const decision = facts && decideBook(facts, request, nine);
    const blockers = decision && !decision.ok && decision.error.kind === 'conflict' ? decision.error.blockers : [];
    const views = blockers.map((one) => blocker.parse(blockerView(one, nameOf, describeVisit)));
    const taken = { reason: 'taken', startsAt: at('09:15'), appointmentId: visit, ...describeVisit() };
    expect(views).toEqual([
      { ...taken, endsAt: at('09:45'), kind: 'provider', resourceId: provider, resourceName: 'Dr Amari' },
      { ...taken, endsAt: at('09:45'), kind: 'room', resourceId: room, resourceName: 'Room 2' },
      { ...taken, endsAt: at('09:30'), kind: 'equipment', resourceId: ecg, resourceName: 'ECG' },
      { reason: 'patient-busy', startsAt: at('09:15'), endsAt: at('09:30'), appointmentId: visit, ...describeVisit() },
    ]);
  });

  test('names what is closed and what is missing, and fits the wire schema', () => {
    const window = { start: nine, end: nine + 1 };
    const views = [
      blockerView({ reason: 'closed', kind: 'room', resourceId: room, ...window }, nameOf, describeVisit),
      blockerView({ reason: 'none-suitable', kind: 'equipment', needed: 'laser', ...window }, nameOf, describeVisit),
    ].map((view) => blocker.parse(view));
    const when = { startsAt: at('09:00'), endsAt: at('09:15') };
    expect(views).toEqual([
      { reason: 'closed', ...when, kind: 'room', resourceId: room, resourceName: 'Room 2' },
      { reason: 'none-suitable', ...when, kind: 'equipment', needed: 'laser' },
    ]);
  });

  test('offers alternatives that a book command can send as they are', () => {
    const found = facts ? findAlternatives(facts, request, { now: nine, limit: 1 }) : [];
    const [view] = found.map((one) => alternative.parse(alternativeView(one, nameOf)));
    expect(view).toEqual({
      scheduledStart: at('09:45'),
      durationMinutes: 30,
      providerId: provider,
      providerName: 'Dr Amari',
      roomId: room,
      roomName: 'Room 2',
      equipmentId: ecg,
      equipmentName: 'ECG',
    });
  });
});
