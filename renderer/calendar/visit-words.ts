import type { TFunction } from 'i18next';

import type { Visit } from './columns.ts';
import { clockAt, type DayScale } from './day-scale.ts';

export function patientNameOf(visit: Visit, t: TFunction): string {
  return visit.patient?.displayName ?? t('calendar.someone');
}

export function serviceNameOf(visit: Visit, t: TFunction): string {
  return visit.service?.name ?? t('calendar.unknownService');
}

/** "09:30 Amina Yusuf, Check-up, booked": all that the card says by colour and shape, in words. */
export function accessibleNameOf(visit: Visit, scale: DayScale, t: TFunction): string {
  const name = t(visit.isProvisional ? 'calendar.cardProvisional' : 'calendar.card', {
    time: clockAt(scale, visit.start),
    patient: patientNameOf(visit, t),
    service: serviceNameOf(visit, t),
    status: t(`status.${visit.appointment.status}`),
  });
  return visit.patient?.alert ? `${name}. ${t('calendar.cardAlert', { alert: visit.patient.alert })}` : name;
}
