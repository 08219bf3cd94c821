import { ok, refused, type Result } from '../terms.ts';
import type { AppointmentFacts, BookingError, BookingFacts, Placement } from './facts.ts';
import { findBlockers } from './find-blockers.ts';

/**
 * Decides whether a visit that gave slots back can have its own time, room, equipment and buffers again, whatever its service
 * needs by now. The visit was cancelled, or its patient came after all; then it still holds a part of its slots. The visit's end
 * may have passed: a reinstatement books nothing new. Refuses with `conflict` and every blocker. Does not look at version and
 * status: only the call can judge those.
 */
export function decideReinstate(facts: BookingFacts, cancelled: AppointmentFacts): Result<Placement, BookingError> {
  const { version: _version, status: _status, holdsUntil: _holdsUntil, ...placement } = cancelled;
  const { bufferBeforeQuarters, bufferAfterQuarters, patientMayOverlap } = cancelled;
  const service = {
    ...facts.service,
    bufferBeforeQuarters,
    bufferAfterQuarters,
    patientMayOverlap,
    needsRoom: false,
    equipmentType: null,
  };
  const blockers = findBlockers({ ...facts, service }, placement, placement.appointmentId);
  return blockers.length > 0 ? refused({ kind: 'conflict', blockers }) : ok(placement);
}
