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

/** A visit that is being booked. Typed text stays in the draft when the draft moves to another slot. */
export interface BookingDraft {
  readonly appointmentId: string;
  readonly providerId: string;
  readonly start: Quarter;
  /** A length that was dragged or set by hand; null for the length of the service. */
  readonly durationMinutes: number | null;
  readonly serviceId: string | null;
  readonly patientText: string;
  readonly patient: Patient | null;
  /** The fields of a new patient, once the person has opened them. */
  readonly registration?: Registration | null;
  /**
   * The room or the piece of equipment in whose column the draft began. The panel then lets the person choose the provider.
   */
  readonly fixed?: FixedResource | null;
  /** The waitlist entry that this booking fulfils, as long as the patient stays the same. */
  readonly entry?: { readonly waitlistEntryId: string; readonly patientId: string };
}

/** A draft for a slot that was chosen in the grid. The text typed before comes along. */
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

/** The services that the provider offers, by name; with a fixed resource, only those that the resource satisfies. */
export function servicesOf(
  view: DayView,
  { providerId, fixed }: Pick<BookingDraft, 'providerId' | 'fixed'>,
): Service[] {
  return view.services
    .filter((service) => service.providerIds.includes(providerId) && (!fixed || isServedBy(view, service, fixed)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The service of the draft: the chosen one; else the first one of the dragged length; else the first one. */
export function serviceOf(view: DayView, draft: BookingDraft): Service | null {
  const offered = servicesOf(view, draft);
  const chosen = offered.find((service) => service.serviceId === draft.serviceId);
  const fitting = offered.find((service) => service.durationMinutes === draft.durationMinutes);
  return chosen ?? fitting ?? offered[0] ?? null;
}

export function minutesOf(draft: BookingDraft, service: Service | null): number {
  return draft.durationMinutes ?? service?.durationMinutes ?? 2 * minutesPerQuarter;
}

/** The body of the booking. Without a patient it cannot be sent, but the rules can still decide on it. */
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
  /** Free placements near a draft that does not fit. */
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

/** What the rules say of the draft, from the facts of this desk's day. The server decides. */
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
 * The proposed provider of a draft that began in the column of a room or a piece of equipment: the first by name who could
 * be booked then; else the first who works then; else the first.
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
