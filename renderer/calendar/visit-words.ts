import type { TFunction } from 'i18next';

import type { Visit } from './columns.ts';
import { clockAt, type DayScale } from './day-scale.ts';

export function patientNameOf(visit: Visit, t: TFunction): string {
  return visit.patient?.displayName ?? t('calendar.someone');
}

export function serviceNameOf(visit: Visit, t: TFunction): string {
  return visit.service?.name ?? t('calendar.unknownService');
}

/** The room, or the equipment where there is no room. */
export function placeOf(visit: Visit): string | null {
  return visit.roomName ?? visit.equipmentName;
}

/**
 * "09:30 Amina Yusuf, Check-up, Room 2, booked": all that the card says by colour and shape, in words, and its text in
 * the order in which it stands there, so that who speaks to the screen can say what they see.
 */
export function accessibleNameOf(visit: Visit, scale: DayScale, t: TFunction): string {
  const what = [serviceNameOf(visit, t), placeOf(visit)].filter((word) => word !== null);
  const name = t(visit.isProvisional ? 'calendar.cardProvisional' : 'calendar.card', {
    time: clockAt(scale, visit.start),
    patient: patientNameOf(visit, t),
    what: what.join(', '),
    status: t(`status.${visit.appointment.status}`),
  });
  return visit.patient?.alert ? `${name}. ${t('calendar.cardAlert', { alert: visit.patient.alert })}` : name;
}
