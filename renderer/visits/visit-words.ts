import type { TFunction } from 'i18next';

import type { ResourceKind } from '../../core/domain/terms.ts';
import { clockAt, type DayScale } from '../words/day-scale.ts';
import { cardWordsOf } from './card-words.ts';
import type { Visit } from './columns.ts';

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

/** What a column's own visits are not already read by: the room, and in a room's column the provider. */
export function otherOf(visit: Visit, kind: ResourceKind): string | null {
  return kind === 'provider' ? placeOf(visit) : visit.providerName;
}

/**
 * "09:30 Amina Yusuf, Check-up, Room 2, booked": all that the card says by colour and shape, in words, and its text in
 * the order in which it stands there, so that who speaks to the screen can say what they see.
 */
export function accessibleNameOf(visit: Visit, scale: DayScale, t: TFunction, kind: ResourceKind = 'provider'): string {
  const what = [serviceNameOf(visit, t), otherOf(visit, kind)].filter((word) => word !== null);
  const words = cardWordsOf(t);
  const parts = {
    time: clockAt(scale, visit.start),
    patient: patientNameOf(visit, t),
    what: what.join(', '),
    status: words.status(visit.appointment.status),
  };
  const name = visit.isProvisional ? words.provisionalName(parts) : words.name(parts);
  return visit.patient?.alert ? `${name}. ${t('calendar.cardAlert', { alert: visit.patient.alert })}` : name;
}
