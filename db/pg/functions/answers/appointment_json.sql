-- The contract's appointment: ids, window, status.
create or replace function appointment_json(a appointments) returns jsonb
  language sql stable parallel safe
  return jsonb_build_object(
    'appointmentId', a.appointment_id, 'version', a.version, 'siteId', a.site_id, 'patientId', a.patient_id,
    'serviceId', a.service_id, 'providerId', a.provider_id, 'roomId', a.room_id, 'equipmentId', a.equipment_id,
    'scheduledStart', holdfast_api.rfc3339(a.starts_at),
    'durationMinutes', (extract(epoch from a.ends_at - a.starts_at) / 60)::integer,
    'bufferBeforeMinutes', a.buffer_before_minutes, 'bufferAfterMinutes', a.buffer_after_minutes,
    'patientMayOverlap', a.patient_may_overlap, 'status', a.status, 'arrivedAt', holdfast_api.rfc3339(a.arrived_at),
    'holdsUntil', holdfast_api.rfc3339(a.holds_until));
