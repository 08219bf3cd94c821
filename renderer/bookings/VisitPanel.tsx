import { DoorOpen, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { decideTransition, type TransitionType } from '../../core/domain/bookings/transitions.ts';
import { AnchoredPanel } from '../ui/AnchoredPanel.tsx';
import type { Visit } from '../visits/columns.ts';
import { StatusMark } from '../visits/status-marks.tsx';
import { accessibleNameOf, patientNameOf, serviceNameOf } from '../visits/visit-words.ts';
import { minuteOf, wallMinuteAt } from '../words/clock.ts';
import { clockAt, minutesBetween, type DayScale } from '../words/day-scale.ts';
import { birthDate, shortDate } from '../words/format-date.ts';
import { RaiseCapacityForm } from './RaiseCapacityForm.tsx';

interface VisitPanelProps {
  readonly visit: Visit;
  readonly scale: DayScale;
  readonly isWaiting: boolean;
  /** Then the focus begins on the button that cancels. */
  readonly isCancelWished: boolean;
  readonly mayBook: boolean;
  readonly mayCheckIn: boolean;
  /** Null for those without the permission. `capacity` is what the provider's slots there then hold. */
  readonly raise: { readonly capacity: number; readonly onRaise: (reason: string) => void } | null;
  readonly onTransition: (type: TransitionType) => void;
  readonly onClose: () => void;
}

/** One visit: who, what, where, and what can be done with it now. */
export function VisitPanel(props: VisitPanelProps) {
  const { visit, scale, isWaiting, isCancelWished, mayBook, mayCheckIn, raise, onTransition, onClose } = props;
  const { t } = useTranslation();
  const [isRaising, setRaising] = useState(false);
  const { appointment, patient } = visit;
  const allows = (type: TransitionType) => decideTransition(type, appointment.status).kind === 'change';
  const place = [visit.roomName, visit.equipmentName].filter((name) => name !== null).join(', ');

  return (
    <AnchoredPanel
      anchor={`[data-visit="${appointment.appointmentId}"]`}
      label={accessibleNameOf(visit, scale, t)}
      onClose={onClose}
      closesOutside
    >
      <div className="flex items-start justify-between gap-2">
        <Heading slot="title" className="min-w-0 text-[0.9375rem] font-semibold break-words" dir="auto">
          {patientNameOf(visit, t)}
        </Heading>
        <Button className="button button-quiet button-small" aria-label={t('visit.close')} onPress={onClose}>
          <X aria-hidden size={15} />
        </Button>
      </div>
      {patient ? (
        <p className="text-grid text-soft tabular">
          {t('visit.born', { date: birthDate(patient.birthDate) })} · {patient.phone}
        </p>
      ) : null}
      {patient?.alert ? (
        <p className="mt-2 flex items-center gap-1.5 rounded-md bg-alarm-ground px-2 py-1 text-grid font-medium text-alarm">
          <TriangleAlert aria-hidden size={14} className="shrink-0" /> {patient.alert}
        </p>
      ) : null}
      <div className="mt-3 grid gap-1 text-grid">
        <p className="tabular">
          {shortDate(scale.date)}, {clockAt(scale, visit.start)}–{clockAt(scale, visit.end)} ·{' '}
          {t('booking.minutes', { minutes: minutesBetween(visit.start, visit.end) })}
        </p>
        <p>{serviceNameOf(visit, t)}</p>
        <p className="text-soft">
          {t('visit.with', { provider: visit.providerName })}
          {place ? ` · ${place}` : ''}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <span className="status-chip" data-status={appointment.status}>
            <StatusMark status={appointment.status} />
            {t(`status.${appointment.status}`)}
          </span>
          {visit.isProvisional ? (
            <span className="status-chip" data-status="provisional">
              <StatusMark status="provisional" />
              {t('status.provisional')}
            </span>
          ) : null}
          {appointment.arrivedAt && appointment.status === 'arrived' ? (
            <span className="text-soft tabular">
              {t('visit.arrivedAt', { time: wallMinuteAt(minuteOf(appointment.arrivedAt), scale.timeZone) })}
            </span>
          ) : null}
        </p>
      </div>
      {visit.isProvisional ? (
        <p className="mt-2 text-grid text-soft">{t(isWaiting ? 'visit.waiting' : 'visit.provisional')}</p>
      ) : null}
      {isRaising && raise ? (
        <RaiseCapacityForm
          words={{
            provider: visit.providerName,
            from: clockAt(scale, visit.start),
            until: clockAt(scale, visit.end),
            capacity: raise.capacity,
          }}
          onRaise={raise.onRaise}
          onBack={() => setRaising(false)}
        />
      ) : (
        <div className="mt-4 flex flex-wrap gap-2 empty:hidden">
          {mayCheckIn && allows('check-in') ? (
            <Button
              autoFocus={!isCancelWished}
              className="button button-solid"
              onPress={() => onTransition('check-in')}
            >
              <DoorOpen aria-hidden size={15} /> {t('visit.checkIn')}
            </Button>
          ) : null}
          {mayCheckIn && allows('un-arrive') ? (
            <Button className="button" onPress={() => onTransition('un-arrive')}>
              {t('visit.unArrive')}
            </Button>
          ) : null}
          {raise && !visit.isProvisional ? (
            <Button className="button" onPress={() => setRaising(true)}>
              {t('visit.raise')}
            </Button>
          ) : null}
          {mayBook && allows('cancel') ? (
            <Button autoFocus={isCancelWished} className="button button-alarm" onPress={() => onTransition('cancel')}>
              {t('visit.cancel')}
            </Button>
          ) : null}
        </div>
      )}
    </AnchoredPanel>
  );
}
