import type { Patient } from '../../core/calendar/appointment.ts';
import type { DayView, Resource, Service } from '../../core/calendar/calendar.ts';
import type { AlternativeView } from '../../core/calendar/conflict.ts';
import { alternativeView, bookingFactsOf } from '../../core/calendar/facts.ts';
import { requestOf } from '../../core/commands/book.ts';
import type { Command } from '../../core/commands/list.ts';
import { decideBook } from '../../core/domain/bookings/decide-book.ts';
import type { BookingError, Placement } from '../../core/domain/bookings/facts.ts';
import { findAlternatives } from '../../core/domain/bookings/find-alternatives.ts';
import { refused, type ResourceKind, type Result } from '../../core/domain/terms.ts';
import { instantOf, minutesPerQuarter, quarterOf, type Quarter } from '../../core/domain/time/quarter.ts';
import { newId } from '../commands/make-command.ts';
import { isServedBy, namedBy, providersFor, type FixedResource } from './fixed-resource.ts';
import type { Registration } from './registration.ts';

/** A visit that is being booked. What was typed stays in it when it moves to another slot. */
export interface BookingDraft {
  readonly appointmentId: string;
  readonly providerId: string;
  readonly start: Quarter;
  /** Dragged or set by hand; null: as long as the service lasts. */
  readonly durationMinutes: number | null;
  readonly serviceId: string | null;
  readonly patientText: string;
  readonly patient: Patient | null;
  /** The fields of a new patient, once they were opened. */
  readonly registration?: Registration | null;
  /** Begun in the column of a room or a piece of equipment; then the provider is chosen in the panel. */
  readonly fixed?: FixedResource | null;
  /** The wish on the waitlist that this booking fulfils, as long as it is for the same patient. */
  readonly entry?: { readonly waitlistEntryId: string; readonly patientId: string };
}

/** A draft for a slot that was chosen in the grid; what was typed before comes along. */
export function beginDraft(
  view: DayView,
  slot: {
    readonly kind: ResourceKind;
    readonly resourceId: string;
    readonly start: Quarter;
    readonly durationMinutes: number | null;
  },
  typed: BookingDraft | null,
  now: Quarter,
): BookingDraft {
  const { kind, resourceId, start, durationMinutes } = slot;
  const draft: BookingDraft = {
    appointmentId: newId(),
    serviceId: null,
    patientText: '',
    patient: null,
    ...typed,
    providerId: resourceId,
    start,
    durationMinutes,
    fixed: kind === 'provider' ? null : { kind, resourceId },
  };
  return draft.fixed ? { ...draft, providerId: proposedProvider(view, draft, draft.fixed, now) } : draft;
}

/** The services that the provider offers, by name; where a resource is fixed, those that it satisfies. */
export function servicesOf(
  view: DayView,
  { providerId, fixed }: Pick<BookingDraft, 'providerId' | 'fixed'>,
): Service[] {
  return view.services
    .filter((service) => service.providerIds.includes(providerId) && (!fixed || isServedBy(view, service, fixed)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The service of the draft: the chosen one; else the first that lasts as long as was dragged; else the first. */
export function serviceOf(view: DayView, draft: BookingDraft): Service | null {
  const offered = servicesOf(view, draft);
  const chosen = offered.find((service) => service.serviceId === draft.serviceId);
  const fitting = offered.find((service) => service.durationMinutes === draft.durationMinutes);
  return chosen ?? fitting ?? offered[0] ?? null;
}

export function minutesOf(draft: BookingDraft, service: Service | null): number {
  return draft.durationMinutes ?? service?.durationMinutes ?? 2 * minutesPerQuarter;
}

/** Without a patient the body can't be sent, but it can be judged. */
export function bodyOf(
  view: DayView,
  draft: BookingDraft,
  service: Service,
): Omit<Command<'book'>['body'], 'patientId'> {
  return {
    appointmentId: draft.appointmentId,
    siteId: view.site.siteId,
    serviceId: service.serviceId,
    providerId: draft.providerId,
    scheduledStart: instantOf(draft.start),
    durationMinutes: minutesOf(draft, service),
    ...namedBy(draft),
  };
}

export interface Preview {
  readonly decision: Result<Placement, BookingError>;
  /** Where the draft does not fit: what is free near it. */
  readonly alternatives: readonly AlternativeView[];
}

function askedOf(view: DayView, draft: BookingDraft, service: Service) {
  const patientId = draft.patient?.patientId ?? null;
  const facts = bookingFactsOf(view, service.serviceId, patientId);
  if (!facts) return null;
  const request = { ...requestOf({ ...bodyOf(view, draft, service), patientId: '' }, facts.service), patientId };
  return { facts, request };
}

function decisionOf(
  view: DayView,
  draft: BookingDraft,
  service: Service,
  now: Quarter,
): Result<Placement, BookingError> {
  const asked = askedOf(view, draft, service);
  if (asked) return decideBook(asked.facts, asked.request, now);
  return refused({ kind: 'not-offered', serviceId: service.serviceId, providerId: draft.providerId });
}

/** What the desk itself makes of the draft, from what it knows of the day. The server judges. */
export function previewOf(view: DayView, draft: BookingDraft, service: Service, now: Quarter): Preview {
  const asked = askedOf(view, draft, service);
  const decision = decisionOf(view, draft, service, now);
  if (decision.ok || !asked) return { decision, alternatives: [] };
  const { facts, request } = asked;
  const nameOf = (resourceId: string) => view.resources.find((other) => other.resourceId === resourceId)?.name ?? '';
  const alternatives = findAlternatives(facts, request, { now, limit: 3 });
  return { decision, alternatives: alternatives.map((alternative) => alternativeView(alternative, nameOf)) };
}

/**
 * Who is proposed where the draft was begun in the column of a room or a piece of equipment: the first by name who could
 * be booked there then; else the first who works then; else the first.
 */
function proposedProvider(view: DayView, draft: BookingDraft, fixed: FixedResource, now: Quarter): string {
  const providers = providersFor(view, fixed);
  const isFree = ({ resourceId: providerId }: Resource) => {
    const asked = { ...draft, providerId };
    return servicesOf(view, asked).some((service) => decisionOf(view, asked, service, now).ok);
  };
  const isThere = ({ resourceId }: Resource) =>
    view.openRuns.some(
      (run) =>
        run.resourceId === resourceId && quarterOf(run.startsAt) <= draft.start && draft.start < quarterOf(run.endsAt),
    );
  return (providers.find(isFree) ?? providers.find(isThere) ?? providers[0])?.resourceId ?? '';
}
