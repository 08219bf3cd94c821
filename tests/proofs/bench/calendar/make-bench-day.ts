import { makePatients, type DemoPatient } from '../../../../build/demo/make-patients.ts';
import { makeRandom, type Random } from '../../../../build/demo/seeded-random.ts';
import type { Appointment } from '../../../../core/calendar/appointment.ts';
import type { DayView, Resource, Service } from '../../../../core/calendar/calendar.ts';
import { instantOf, minutesPerQuarter, type Quarter } from '../../../../core/domain/time/quarter.ts';
import { dayBounds, zonedInstant } from '../../../../core/domain/time/zoned.ts';

export const timeZone = 'Europe/Berlin';
/** A Tuesday of 24 hours, far from the machine's own day, so that no now-line crosses it. */
export const date = '2031-03-04';
const columnCount = 20;
const visitsPerColumn = 50;
/** The lengths of visits in quarters. With the free quarters they fill a column's 24 hours except for the last two quarters. */
const lengths = [...Array<number>(26).fill(1), ...Array<number>(22).fill(2), 3, 3];
const freeQuarters = 18;
const statuses = [
  { status: 'booked', weight: 55 },
  { status: 'fulfilled', weight: 22 },
  { status: 'arrived', weight: 8 },
  { status: 'checked-in', weight: 8 },
  { status: 'noshow', weight: 4 },
  { status: 'pending', weight: 3 },
] as const;
const serviceNames = ['Check-up', 'Vaccination', 'Blood draw', 'First consultation'];
const bornAt = 1_600_000_000_000;

/** 20 providers, each with a room, open round the clock, and 1,000 visits of the statuses that a day shows. */
export function makeBenchDay(seed: number): DayView {
  const random = makeRandom(seed, 'calendar');
  const { start, end } = dayBounds(date, timeZone);
  const site = { siteId: random.id(bornAt), name: 'Seawall', timeZone };
  const people = distinctPatients(random, columnCount * (visitsPerColumn + 1));
  const providers = Array.from({ length: columnCount }, (_, n): Resource => {
    const name = `Dr ${people.pop()?.displayName ?? n}`;
    return { ...resourceOf(random, 'provider', name), siteId: null };
  });
  const rooms = providers.map((_, n) => ({ ...resourceOf(random, 'room', `Room ${n + 1}`), siteId: site.siteId }));
  const services = serviceNames.map((name): Service => ({
    serviceId: random.id(bornAt),
    name,
    durationMinutes: 2 * minutesPerQuarter,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    needsRoom: true,
    roomFeature: null,
    equipmentType: null,
    patientMayOverlap: false,
    providerIds: providers.map(({ resourceId }) => resourceId),
  }));
  const patients = people.map(({ patientId, displayName, birthDate, phone, alert }) => ({
    patientId,
    displayName,
    birthDate,
    phone,
    alert,
  }));

  const appointments = providers.flatMap(({ resourceId: providerId }, column) =>
    windowsFrom(random, start).map((window, n): Appointment => {
      const { status } = random.weighted(statuses);
      return {
        appointmentId: random.id(bornAt + n),
        version: 1,
        siteId: site.siteId,
        patientId: patients[column * visitsPerColumn + n]?.patientId ?? null,
        serviceId: random.pick(services).serviceId,
        providerId,
        roomId: rooms[column]?.resourceId ?? null,
        equipmentId: null,
        scheduledStart: zonedInstant(window.start, timeZone),
        durationMinutes: window.length * minutesPerQuarter,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        patientMayOverlap: false,
        status,
        arrivedAt: status === 'arrived' ? instantOf(window.start) : null,
        holdsUntil: null,
      };
    }),
  );

  return {
    site,
    date,
    startsAt: instantOf(start),
    endsAt: instantOf(end),
    resources: [...providers, ...rooms],
    services,
    openRuns: [...providers, ...rooms].map(({ resourceId }) => ({
      resourceId,
      startsAt: instantOf(start),
      endsAt: instantOf(end),
      capacity: 1,
    })),
    appointments,
    patients,
    cursor: '',
  };
}

/** No name is part of another one, so that a card can be found by its name. */
function distinctPatients(random: Random, count: number): DemoPatient[] {
  const distinct: DemoPatient[] = [];
  for (const patient of makePatients(random, 2 * count, date, bornAt)) {
    const name = patient.displayName;
    if (!distinct.some(({ displayName }) => displayName.includes(name) || name.includes(displayName))) {
      distinct.push(patient);
    }
  }
  if (distinct.length < count) throw new Error('too few of the names differ');
  return distinct.slice(0, count);
}

function resourceOf(random: Random, kind: Resource['kind'], name: string): Omit<Resource, 'siteId'> {
  return { resourceId: random.id(bornAt), kind, name, roomFeatures: [], equipmentType: null };
}

/** The visits of one column. None overlaps another, and the free quarters lie scattered between them. */
function windowsFrom(random: Random, opensAt: Quarter): { start: Quarter; length: number }[] {
  const left = [...lengths];
  let free = freeQuarters;
  let next = opensAt;
  const windows: { start: Quarter; length: number }[] = [];
  while (left.length > 0) {
    if (random.next() * (left.length + free) < free) {
      free--;
      next++;
      continue;
    }
    const [length = 1] = left.splice(random.whole(0, left.length - 1), 1);
    windows.push({ start: next, length });
    next += length;
  }
  return windows;
}
