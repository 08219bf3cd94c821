import { z } from 'zod';

import { resourceKinds } from '../domain/terms.ts';
import { id } from '../primitives/ids.ts';
import { day, instant, quarterHour } from '../primitives/instants.ts';
import { stored, token } from '../primitives/texts.ts';
import { appointment, patient } from './appointment.ts';

export const site = z.strictObject({ siteId: id, name: stored, timeZone: stored });
export type Site = z.infer<typeof site>;

export const resource = z.strictObject({
  resourceId: id,
  kind: z.enum(resourceKinds),
  name: stored,
  siteId: id.nullable(),
  roomFeatures: z.array(stored),
  equipmentType: stored.nullable(),
});
export type Resource = z.infer<typeof resource>;

export const service = z.strictObject({
  serviceId: id,
  name: stored,
  durationMinutes: z.int(),
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  needsRoom: z.boolean(),
  roomFeature: stored.nullable(),
  equipmentType: stored.nullable(),
  patientMayOverlap: z.boolean(),
  providerIds: z.array(id),
});
export type Service = z.infer<typeof service>;

/** Adjacent open slots of one resource, with one capacity. A slot in no run is closed. */
export const openRun = z.strictObject({
  resourceId: id,
  startsAt: quarterHour,
  endsAt: quarterHour,
  capacity: z.int(),
});
export type OpenRun = z.infer<typeof openRun>;

/** Where a reader of the change feed stands: epoch, transaction, sequence. Opaque to the reader. */
export const cursor = token(100);

/**
 * One day of one site, from one snapshot: what the screen draws and what a booking decision needs. `startsAt` and `endsAt`
 * are the bounds of the day in the site's zone, 23 to 25 hours apart. Cancelled visits are left out.
 */
export const dayView = z.strictObject({
  site,
  date: day,
  startsAt: instant,
  endsAt: instant,
  resources: z.array(resource),
  services: z.array(service),
  openRuns: z.array(openRun),
  appointments: z.array(appointment),
  /** The patients of these appointments; empty for a reader who may not see patients. */
  patients: z.array(patient),
  cursor,
});
export type DayView = z.infer<typeof dayView>;

const stretch = {
  siteId: id,
  /** The time that the change touches. Of a move: both the old window and the new one. */
  touchesFrom: instant,
  touchesUntil: instant,
};

/**
 * One change. It carries the visit or the patient as of the snapshot of the answer, which may be newer than the change, so
 * readers apply visits by version. `patient` is null for a reader who may not see patients. A change of slots carries none:
 * the reader reads the day again.
 */
export const change = z.discriminatedUnion('entity', [
  z.strictObject({
    entity: z.literal('appointment'),
    entityId: id,
    ...stretch,
    appointment,
    patient: patient.nullable(),
  }),
  z.strictObject({ entity: z.literal('slots'), entityId: id, ...stretch }),
  /** A patient belongs to no site and no day. */
  z.strictObject({ entity: z.literal('patient'), entityId: id, patient: patient.nullable() }),
  /** The organization's waitlist changed: the reader reads it again. */
  z.strictObject({ entity: z.literal('waitlist'), entityId: id }),
]);
export type Change = z.infer<typeof change>;

/** What changed since a cursor. `reset`: the cursor is of another epoch or too old, so the reader reads everything again. */
export const changes = z.strictObject({
  cursor,
  reset: z.boolean(),
  /** More rows exist, behind a transaction that is still open or behind the limit of one answer: pull again shortly. */
  withheld: z.boolean(),
  changes: z.array(change),
});
export type Changes = z.infer<typeof changes>;

/**
 * Something changed: pull. A short answer to a pull from the cursor `from` comes along as `news`, so that a desk whose cursor
 * equals `from` need not pull.
 */
export const poke = z.strictObject({ news: z.strictObject({ from: cursor, changes }).optional() });
export type Poke = z.infer<typeof poke>;
export type News = NonNullable<Poke['news']>;
