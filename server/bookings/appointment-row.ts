import type { Placement } from '../../core/domain/bookings/facts.ts';
import { instantOf, minutesPerQuarter } from '../../core/domain/time/quarter.ts';

/** The database's row type `appointments`, as much of it as a booking or a move decides. */
export function appointmentRow(placement: Placement): Readonly<Record<string, unknown>> {
  return {
    appointment_id: placement.appointmentId,
    site_id: placement.siteId,
    patient_id: placement.patientId,
    service_id: placement.serviceId,
    provider_id: placement.providerId,
    room_id: placement.roomId,
    equipment_id: placement.equipmentId,
    starts_at: instantOf(placement.start),
    ends_at: instantOf(placement.end),
    buffer_before_minutes: placement.bufferBeforeQuarters * minutesPerQuarter,
    buffer_after_minutes: placement.bufferAfterQuarters * minutesPerQuarter,
    patient_may_overlap: placement.patientMayOverlap,
  };
}
