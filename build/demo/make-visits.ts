import { inOrderOfPreference } from '../../core/domain/bookings/choose-resource.ts';
import { keptInterval } from '../../core/domain/bookings/claimed-slots.ts';
import { overlaps } from '../../core/domain/time/interval.ts';
import type { Interval } from '../../core/domain/time/interval.ts';
import { quartersIn } from '../../core/domain/time/quarter.ts';
import type { ShiftStretch } from '../../db/pg/publish-slots.ts';
import { decideCancelledCourse, decideCourse } from './decide-course.ts';
import type { Course } from './decide-course.ts';
import type { DemoClinic, DemoService, DemoShift } from './make-clinic.ts';
import type { DemoPatient } from './make-patients.ts';
import { makeOpenTime } from './open-time.ts';
import type { Random } from './seeded-random.ts';

/** A visit: its window without buffers, and the resources that it takes. */
export interface DemoVisit extends Interval {
  readonly appointmentId: string;
  readonly siteId: string;
  readonly patientId: string;
  readonly service: DemoService;
  readonly providerId: string;
  readonly roomId: string | null;
  readonly equipmentId: string | null;
  readonly course: Course;
}

export interface DiaryFacts {
  readonly clinic: DemoClinic;
  readonly patients: readonly DemoPatient[];
  /** The stretches that the clinic's shifts open, in order of time. */
  readonly stretches: readonly ShiftStretch<DemoShift>[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How full a stretch gets, from 0 to 1; 0 leaves it empty. */
  readonly fullness: (stretch: ShiftStretch<DemoShift>) => number;
}

const meanVisitQuarters = 2.5;
const longestGapQuarters = 3;

/**
 * Fills the diaries stretch by stretch, as a front desk would. Provider, room, equipment and patient are free for each visit
 * that keeps its slots.
 */
export function makeVisits(random: Random, facts: DiaryFacts): DemoVisit[] {
  const { clinic, patients, stretches, now } = facts;
  const openTime = makeOpenTime(
    stretches.map(({ shift, start, end }) => ({ resourceId: shift.resourceId, start, end })),
    {
      start: Math.min(...stretches.map(({ start }) => start)),
      end: Math.max(...stretches.map(({ end }) => end)),
    },
  );
  const visits: DemoVisit[] = [];
  const visitsOfPatient = new Map<string, Interval[]>();
  const startingAt = new Map<string, DemoVisit[]>();

  const pools = new Map(
    clinic.sites.map(({ siteId, name }) => {
      const here = patients.filter(({ site }) => site === name);
      return [siteId, { adults: here.filter((one) => !one.isChild), children: here.filter((one) => one.isChild) }];
    }),
  );

  function choosePatient(service: DemoService, siteId: string, window: Interval): string | null {
    if (service.beside) {
      const accompanied = startingAt.get(`${siteId} ${window.start}`);
      return accompanied ? random.pick(accompanied).patientId : null;
    }
    const pool = pools.get(siteId);
    if (!pool) return null;
    for (let tries = 0; tries < 5; tries++) {
      const ofAge = service.children === true || random.chance(0.08) ? pool.children : pool.adults;
      // Some patients come often, many rarely.
      const { patientId } = ofAge[Math.floor(ofAge.length * random.next() ** 1.4)] ?? random.pick(ofAge);
      const busy = visitsOfPatient.get(patientId)?.some((visit) => overlaps(visit, window)) ?? false;
      if (!busy) return patientId;
    }
    return null;
  }

  /** Undefined when the service needs one and none is free. */
  function chooseResource(
    kind: 'room' | 'equipment',
    service: DemoService,
    siteId: string,
    kept: Interval,
    visitId: string,
  ) {
    const needed = kind === 'room' ? service.room : service.equipment;
    if (needed === undefined) return null;
    const suitable = clinic.resources.filter(
      (one) =>
        one.kind === kind &&
        one.siteId === siteId &&
        (kind === 'room' ? needed === 'any' || one.roomFeatures.includes(needed) : one.equipmentType === needed),
    );
    return inOrderOfPreference(
      suitable.map(({ resourceId }) => resourceId),
      visitId,
    ).find((resourceId) => openTime.isFree(resourceId, kept));
  }

  /** The visit whose buffer begins at a quarter; null when this service does not fit there. */
  function tryVisit(service: DemoService, stretch: ShiftStretch<DemoShift>, from: number): DemoVisit | null {
    const buffers = buffersOf(service);
    const start = from + buffers.bufferBeforeQuarters;
    const window = { start, end: start + quartersIn(service.minutes) };
    const kept = keptInterval('provider', window, buffers);
    const { siteId, resourceId: providerId } = stretch.shift;
    if (kept.end > stretch.end || !openTime.isFree(providerId, kept)) return null;
    const calledOff = random.chance(0.06);
    const course = (calledOff ? decideCancelledCourse : decideCourse)(random, window, now);
    const appointmentId = random.id(course.createdAt);
    const roomId = chooseResource('room', service, siteId, kept, appointmentId);
    const equipmentId = chooseResource('equipment', service, siteId, window, appointmentId);
    if (roomId === undefined || equipmentId === undefined) return null;
    const patientId = choosePatient(service, siteId, window);
    if (patientId === null) return null;
    return { appointmentId, siteId, patientId, service, providerId, roomId, equipmentId, course, ...window };
  }

  function write(visit: DemoVisit): void {
    visits.push(visit);
    if (isCalledOff(visit)) return;
    const kept = keptInterval('provider', visit, buffersOf(visit.service));
    openTime.take(visit.providerId, kept);
    if (visit.roomId !== null) openTime.take(visit.roomId, kept);
    if (visit.equipmentId !== null) openTime.take(visit.equipmentId, { start: visit.start, end: visit.end });
    if (visit.service.beside) return;
    append(visitsOfPatient, visit.patientId, visit);
    append(startingAt, `${visit.siteId} ${visit.start}`, visit);
  }

  function fill(stretch: ShiftStretch<DemoShift>): void {
    const offered = clinic.services.filter(({ providerIds }) => providerIds.includes(stretch.shift.resourceId));
    const fullness = facts.fullness(stretch);
    if (offered.length === 0 || fullness <= 0) return;
    const target = Math.min(0.92, Math.max(0.05, fullness + (random.next() - 0.5) * 0.24));
    // Visits and gaps alternate. Their mean lengths give the wanted share of taken time.
    const meanGap = (1 + longestGapQuarters) / 2;
    const visitChance = (target * meanGap) / (target * meanGap + meanVisitQuarters * (1 - target));
    let at = stretch.start;
    while (at < stretch.end) {
      if (!random.chance(visitChance)) {
        at += random.whole(1, longestGapQuarters);
        continue;
      }
      const visit = tryVisit(random.weighted(offered), stretch, at) ?? tryVisit(random.weighted(offered), stretch, at);
      if (visit) write(visit);
      if (!visit) at += 1;
      else if (!isCalledOff(visit)) at = visit.end + buffersOf(visit.service).bufferAfterQuarters;
    }
  }

  // Services beside another visit come last, when there are visits to be beside.
  const besides = new Set(clinic.services.filter(({ beside }) => beside).flatMap(({ providerIds }) => providerIds));
  for (const stretch of stretches) if (!besides.has(stretch.shift.resourceId)) fill(stretch);
  for (const stretch of stretches) if (besides.has(stretch.shift.resourceId)) fill(stretch);
  return visits;
}

function isCalledOff({ course }: DemoVisit): boolean {
  return course.status === 'cancelled' || course.status === 'entered-in-error';
}

function buffersOf(service: DemoService) {
  return {
    bufferBeforeQuarters: quartersIn(service.bufferBefore ?? 0),
    bufferAfterQuarters: quartersIn(service.bufferAfter ?? 0),
  };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
