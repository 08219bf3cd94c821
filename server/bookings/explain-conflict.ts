import type { Conflict } from '../../core/calendar/conflict.ts';
import { alternativeView, blockerView } from '../../core/calendar/facts.ts';
import type { Alternative, Blocker, BookingFacts, Request } from '../../core/domain/bookings/facts.ts';
import { findAlternatives, type AlternativeOptions } from '../../core/domain/bookings/find-alternatives.ts';
import { maxAlternatives } from '../../core/domain/bookings/limits.ts';
import { instantOf, minutesPerQuarter, quarterDuring } from '../../core/domain/time/quarter.ts';
import type { DecisionContext } from '../commands/context.ts';
import { loadBookingFacts } from './load-facts.ts';
import { withoutRetired } from './without-retired.ts';

const quartersPerHour = 4;
/**
 * How far around the asked start to look, and with which providers. A look is taken only where the one before finds too few.
 * In a race every loser looks. So the first look asks for the asked provider alone, who comes first anyway, and for three
 * hours, which hold five openings unless that day is nearly full.
 */
const looks = [
  { withOthers: false, before: 3 * quartersPerHour, after: 3 * quartersPerHour },
  { withOthers: true, before: 3 * quartersPerHour, after: 3 * quartersPerHour },
  { withOthers: true, before: 12 * quartersPerHour, after: 12 * quartersPerHour },
  { withOthers: true, before: 24 * quartersPerHour, after: 14 * 24 * quartersPerHour },
] as const;

async function describeAppointments(
  context: DecisionContext,
  appointmentIds: readonly string[],
): Promise<Map<string, { serviceName: string; patientName: string | null }>> {
  const rows = await context.pool<{ appointment_id: string; service_name: string; patient_name: string | null }[]>`
    select * from holdfast_api.describe_appointments(${context.actor.orgId}, ${appointmentIds}::uuid[])`;
  const mayReadPatients = context.actor.permissions.includes('read-patients');
  return new Map(
    rows.map((row) => [
      row.appointment_id,
      { serviceName: row.service_name, patientName: mayReadPatients ? row.patient_name : null },
    ]),
  );
}

/** What is free around the request, in one snapshot. */
async function lookAround(
  context: DecisionContext,
  request: Request,
  look: (typeof looks)[number],
  options: Omit<AlternativeOptions, 'now'>,
): Promise<{ facts: BookingFacts; alternatives: Alternative[] }> {
  const facts = await loadBookingFacts(context.pool, {
    orgId: context.actor.orgId,
    siteId: request.siteId,
    serviceId: request.serviceId,
    patientId: request.patientId,
    providerIds: look.withOthers ? null : [request.providerId],
    namedIds: [request.providerId, request.roomId, request.equipmentId].filter((named) => named !== null),
    from: request.start - look.before,
    until: request.start + look.after,
    // A stored refusal is explained as long as it is asked for, whatever was retired since.
    alsoRetired: true,
    // The holders of slots matter only where one of them moves and gives its own slots back.
    seatsLeft: options.ignoring === undefined,
  });
  if (!facts) throw new Error('the service of a stored conflict is gone');
  // Names are told of what was retired too. A visit that moves may stay with its provider; nothing else is free there.
  const moves = options.ignoring !== undefined;
  const usable = withoutRetired(facts, moves ? [request.providerId] : []);
  const alternatives =
    facts.isOffered || moves ? findAlternatives(usable, request, { ...options, now: quarterDuring(facts.readAt) }) : [];
  return { facts, alternatives };
}

/** The nearest alternatives, and the facts in which they were found. */
async function findNearest(context: DecisionContext, request: Request, ignoring: string | undefined) {
  const options = { limit: maxAlternatives, ignoring };
  const [first, ...further] = looks;
  let found = await lookAround(context, request, first, options);
  for (const look of further) {
    if (found.alternatives.length === maxAlternatives) break;
    found = await lookAround(context, request, look, options);
  }
  return found;
}

/**
 * The 409's body: what was asked, what stood in the way when it was refused, and alternatives that were free together
 * in one snapshot taken now. A moved appointment's own slots count as free.
 */
export async function explainConflict(
  context: DecisionContext,
  request: Request,
  blockers: readonly Blocker[],
  ignoring: string | undefined,
): Promise<Conflict> {
  const [{ facts, alternatives }, described] = await Promise.all([
    findNearest(context, request, ignoring),
    describeAppointments(
      context,
      blockers.flatMap((blocker) => ('appointmentId' in blocker ? [blocker.appointmentId] : [])),
    ),
  ]);
  const names = new Map(facts.calendar.resources.map((resource) => [resource.resourceId, resource.name]));
  const nameOf = (resourceId: string) => names.get(resourceId) ?? '';
  const descriptionOf = (appointmentId: string) =>
    described.get(appointmentId) ?? { serviceName: '', patientName: null };
  return {
    asked: {
      appointmentId: request.appointmentId,
      siteId: request.siteId,
      patientId: request.patientId,
      serviceId: request.serviceId,
      serviceName: facts.service.name,
      providerId: request.providerId,
      providerName: nameOf(request.providerId),
      scheduledStart: instantOf(request.start),
      durationMinutes: (request.end - request.start) * minutesPerQuarter,
    },
    blockers: blockers.map((blocker) => blockerView(blocker, nameOf, descriptionOf)),
    alternatives: alternatives.map((alternative) => alternativeView(alternative, nameOf)),
  };
}
