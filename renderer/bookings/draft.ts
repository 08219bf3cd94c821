import type { Patient } from '../../core/contract/appointment.ts';
import type { DayView, Service } from '../../core/contract/calendar.ts';
import type { Command } from '../../core/contract/commands/list.ts';
import type { AlternativeView } from '../../core/contract/conflict.ts';
import { alternativeView, bookingFactsOf, requestOf } from '../../core/contract/facts.ts';
import { decideBook } from '../../core/domain/bookings/decide-book.ts';
import type { BookingError, Placement } from '../../core/domain/bookings/facts.ts';
import { findAlternatives } from '../../core/domain/bookings/find-alternatives.ts';
import { refused, type Result } from '../../core/domain/terms.ts';
import { instantOf, minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';

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
}

/** The services that the provider offers, by name. */
export function servicesOf(view: DayView, providerId: string): Service[] {
  return view.services
    .filter((service) => service.providerIds.includes(providerId))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The service of the draft: the chosen one; else the first that lasts as long as was dragged; else the first. */
export function serviceOf(view: DayView, draft: BookingDraft): Service | null {
  const offered = servicesOf(view, draft.providerId);
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
  };
}

export interface Preview {
  readonly decision: Result<Placement, BookingError>;
  /** Where the draft does not fit: what is free near it. */
  readonly alternatives: readonly AlternativeView[];
}

/** What the desk itself makes of the draft, from what it knows of the day. The server judges. */
export function previewOf(view: DayView, draft: BookingDraft, service: Service, now: Quarter): Preview {
  const patientId = draft.patient?.patientId ?? null;
  const facts = bookingFactsOf(view, service.serviceId, patientId);
  if (!facts) {
    const { serviceId, providerId } = { ...draft, serviceId: service.serviceId };
    return { decision: refused({ kind: 'not-offered', serviceId, providerId }), alternatives: [] };
  }
  const request = { ...requestOf({ ...bodyOf(view, draft, service), patientId: '' }, facts.service), patientId };
  const decision = decideBook(facts, request, now);
  if (decision.ok) return { decision, alternatives: [] };
  const nameOf = (resourceId: string) => view.resources.find((other) => other.resourceId === resourceId)?.name ?? '';
  const alternatives = findAlternatives(facts, request, { now, limit: 3 });
  return { decision, alternatives: alternatives.map((alternative) => alternativeView(alternative, nameOf)) };
}
