import type { TFunction } from 'i18next';

import type { DayView } from '../../core/calendar/calendar.ts';
import type { BlockerView } from '../../core/calendar/conflict.ts';
import { blockerView } from '../../core/calendar/facts.ts';
import type { BookingError } from '../../core/domain/bookings/facts.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { wallTimeAt } from '../../core/domain/time/zoned.ts';

/**
 * One blocker as a sentence, in the clinic's time. `isNews`: the screen did not show the blocker when the person decided, so
 * it came in between.
 */
export function blockerWords(blocker: BlockerView, timeZone: string, t: TFunction, isNews: boolean): string {
  const from = wallTimeAt(quarterOf(blocker.startsAt), timeZone);
  const until = wallTimeAt(quarterOf(blocker.endsAt), timeZone);
  switch (blocker.reason) {
    case 'taken': {
      const words = { name: blocker.resourceName, from, until, what: visitWords(blocker, t) };
      return t(isNews ? 'conflict.takenJustNow' : 'conflict.taken', words);
    }
    case 'closed':
      return t('conflict.closed', { name: blocker.resourceName, from, until });
    case 'none-suitable': {
      const { kind, needed } = blocker;
      if (kind === 'room') return needed ? t('conflict.noRoomWith', { needed }) : t('conflict.noRoom');
      return needed ? t('conflict.noEquipmentOf', { needed }) : t('conflict.noEquipment');
    }
    case 'patient-busy': {
      const words = { from, until, what: visitWords(blocker, t) };
      return t(isNews ? 'conflict.patientBusyJustNow' : 'conflict.patientBusy', words);
    }
  }
}

function visitWords(blocker: { serviceName: string; patientName: string | null }, t: TFunction): string {
  const { serviceName: service, patientName: patient } = blocker;
  return patient ? t('conflict.visitOf', { service, patient }) : service;
}

/** Every reason why the desk's own rules refuse, in words. */
export function errorWords(error: BookingError, view: DayView, asked: AskedNames, t: TFunction): string[] {
  const nameOf = (resourceId: string) => view.resources.find((other) => other.resourceId === resourceId)?.name ?? '';
  switch (error.kind) {
    case 'in-the-past':
      return [t('conflict.inThePast')];
    case 'not-offered':
      return [t('conflict.notOffered', { provider: nameOf(error.providerId), service: asked.serviceName })];
    case 'unsuitable':
      return [t('conflict.unsuitable', { name: nameOf(error.resourceId) })];
    case 'conflict': {
      const words = error.blockers.map((blocker) =>
        blockerWords(
          blockerView(blocker, nameOf, (appointmentId) => describeVisit(view, appointmentId)),
          view.site.timeZone,
          t,
          false,
        ),
      );
      return [...new Set(words)];
    }
  }
}

export interface AskedNames {
  readonly serviceName: string;
}

function describeVisit(view: DayView, appointmentId: string): { serviceName: string; patientName: string | null } {
  const appointment = view.appointments.find((other) => other.appointmentId === appointmentId);
  const service = view.services.find(({ serviceId }) => serviceId === appointment?.serviceId);
  const patient = view.patients.find(({ patientId }) => patientId === appointment?.patientId);
  return { serviceName: service?.name ?? '', patientName: patient?.displayName ?? null };
}
