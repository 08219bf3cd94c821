import { describe, expect, it } from 'vitest';

import type { Service } from '../../../core/calendar/calendar.ts';
import { appointmentFactsOf, bookingFactsOf } from '../../../core/calendar/facts.ts';
import { decideMove } from '../../../core/domain/bookings/decide-move.ts';
import { dropTargetsOf } from '../../../renderer/calendar/drop-targets.ts';
import { appointment, at, dayView, idOf, patient, provider, run } from '../builders.ts';

const service: Service = {
  serviceId: idOf('v'),
  name: 'Check-up',
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  needsRoom: false,
  roomFeature: null,
  equipmentType: null,
  patientMayOverlap: false,
  providerIds: [idOf('p', 1), idOf('p', 2)],
};

const moved = appointment(1, '09:00', { bufferBeforeMinutes: 15, bufferAfterMinutes: 30 });
const view = dayView({
  resources: [provider(1), provider(2)],
  services: [service],
  openRuns: [run(1, '08:00', '12:00'), run(2, '08:00', '12:00', 2)],
  appointments: [
    moved,
    appointment(2, '10:30'),
    appointment(3, '08:15', { providerId: idOf('p', 2), durationMinutes: 60 }),
    appointment(4, '08:00', { providerId: idOf('p', 2), durationMinutes: 90 }),
    appointment(5, '11:00', { providerId: idOf('p', 2), bufferBeforeMinutes: 15 }),
    appointment(6, '10:15', { patientId: moved.patientId, providerId: idOf('p', 2) }),
  ],
  patients: [1, 2, 3, 4, 5, 6].map(patient),
});

describe('the places where a visit may be dropped', () => {
  const targets = dropTargetsOf(view, moved, 'provider', at('08:00'));
  const facts = bookingFactsOf(view, moved.serviceId, moved.patientId);

  it('are decided at each place and length as by all facts of the day', () => {
    const verdicts = new Set<boolean>();
    for (const resourceId of [idOf('p', 1), idOf('p', 2)]) {
      for (let start = at('07:30'); start < at('12:30'); start++) {
        for (const durationQuarters of [1, 2, 5]) {
          const change = { providerId: resourceId, start, durationQuarters };
          const decision = facts && decideMove(facts, appointmentFactsOf(moved), change, at('08:00'));
          expect(targets?.judge(resourceId, start, durationQuarters)).toEqual(decision);
          verdicts.add(decision?.ok === true);
        }
      }
    }
    expect(verdicts).toEqual(new Set([true, false]));
  });

  it('leave out every place where the visit and its buffers do not fit', () => {
    const forbidden = targets?.forbidden(idOf('p', 1), { start: at('08:00'), end: at('12:00') });
    // Before 08:15 there is no room for the buffer; from 10:00 on, the buffers meet the visit at 10:30 or the close.
    expect(forbidden).toEqual([
      { start: at('08:00'), end: at('08:15') },
      { start: at('10:00'), end: at('12:00') },
    ]);
  });
});
