import { requestOf } from '../../core/commands/book.ts';
import { decideBook } from '../../core/domain/bookings/decide-book.ts';
import { quarterOf, quartersIn } from '../../core/domain/time/quarter.ts';
import { judgedQuarter } from '../commands/context.ts';
import type { Decide } from '../commands/decide.ts';
import { bookCall } from './calls.ts';
import { loadBookingFacts } from './load-facts.ts';
import { place } from './place.ts';

export const book: Decide<'book'> = (context, { body }) => {
  const start = quarterOf(body.scheduledStart);
  const named = [body.roomId, body.equipmentId].filter((resourceId) => resourceId !== undefined);
  return place(context, {
    appointmentId: body.appointmentId,
    load: () =>
      loadBookingFacts(context.pool, {
        orgId: context.actor.orgId,
        siteId: body.siteId,
        serviceId: body.serviceId,
        patientId: body.patientId,
        providerIds: [body.providerId],
        namedIds: named,
        from: start,
        until: body.durationMinutes === undefined ? null : start + quartersIn(body.durationMinutes),
      }),
    request: (facts) => requestOf(body, facts.service),
    decide: (facts) => decideBook(facts, requestOf(body, facts.service), judgedQuarter(context, facts.readAt)),
    call: (placement, options) => bookCall(context, placement, options),
  });
};
