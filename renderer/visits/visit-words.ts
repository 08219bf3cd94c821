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

/** The resource that the column does not name: the room, or in a room's column the provider. */
export function otherOf(visit: Visit, kind: ResourceKind): string | null {
  return kind === 'provider' ? placeOf(visit) : visit.providerName;
}

/**
 * "09:30 Amina Yusuf, Check-up, Room 2, booked": everything that the card shows by colour and shape, in words. The card's
 * text comes in the same order, so that people who control the screen by voice can say what they see.
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
