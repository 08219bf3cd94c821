import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import { traitsOf } from '../../core/domain/statuses.ts';
import {
  obstacleTo,
  transitionFactsOf,
  visitActions,
  visitActionTypes,
  type Circumstances,
} from '../commands/visit-actions.ts';
import { AnchoredPanel } from '../ui/AnchoredPanel.tsx';
import type { Visit } from '../visits/columns.ts';
import { StatusMark } from '../visits/status-marks.tsx';
import { isWaiting } from '../visits/visit-traits.ts';
import { accessibleNameOf, patientNameOf, serviceNameOf } from '../visits/visit-words.ts';
import { minuteOf, wallMinuteAt } from '../words/clock.ts';
import { clockAt, minutesBetween, type DayScale } from '../words/day-scale.ts';
import { birthDate, shortDate } from '../words/format-date.ts';
import { RaiseCapacityForm } from './RaiseCapacityForm.tsx';

interface VisitPanelProps extends Circumstances {
  readonly visit: Visit;
  readonly scale: DayScale;
  readonly isWaiting: boolean;
  /** The change that the person asked for by a key: its button has the focus first. */
  readonly wish: TransitionType | null;
  /** Null without the permission. `capacity` is the number of seats after the raise. */
  readonly raise: { readonly capacity: number; readonly onRaise: (reason: string) => void } | null;
  readonly onTransition: (type: TransitionType) => void;
  readonly onClose: () => void;
}

/** One visit: patient, service, place, and buttons for what can be done with it now. */
export function VisitPanel(props: VisitPanelProps) {
  const { visit, scale, isWaiting: isSentLater, wish, permissions, present, raise, onTransition, onClose } = props;
  const { t } = useTranslation();
  const [isRaising, setRaising] = useState(false);
  const { appointment, patient } = visit;
  const traits = traitsOf(appointment.status);
  const allowed = visitActionTypes.filter(
    (type) => obstacleTo(type, transitionFactsOf(visit), { permissions, present }) === null,
  );
  const buttonOf = (type: TransitionType) => {
    const { Icon, isGrave } = visitActions[type];
    const look = type === traits.next ? 'button-solid' : isGrave ? 'button-alarm' : '';
    return (
      // Only a change that the person asked for has the focus. Otherwise Enter, pressed again and again, would open the panel
      // and take one step after the other.
      <Button key={type} autoFocus={type === wish} className={`button ${look}`} onPress={() => onTransition(type)}>
        {Icon ? <Icon aria-hidden size={15} /> : null} {t(`visit.act.${type}`)}
      </Button>
    );
  };
  const isLast = (type: TransitionType) => visitActions[type].isGrave;
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
          <span className="status-chip" data-tone={traits.tone}>
            <StatusMark tone={traits.tone} />
            {t(`status.${appointment.status}`)}
          </span>
          {visit.isProvisional ? (
            <span className="status-chip" data-tone="provisional">
              <StatusMark tone="provisional" />
              {t('status.provisional')}
            </span>
          ) : null}
          {appointment.arrivedAt && isWaiting(visit) ? (
            <span className="text-soft tabular">
              {t('visit.arrivedAt', { time: wallMinuteAt(minuteOf(appointment.arrivedAt), scale.timeZone) })}
            </span>
          ) : null}
        </p>
      </div>
      {visit.isProvisional ? (
        <p className="mt-2 text-grid text-soft">{t(isSentLater ? 'visit.waiting' : 'visit.provisional')}</p>
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
          {allowed.filter((type) => !isLast(type)).map(buttonOf)}
          {raise && !visit.isProvisional ? (
            <Button className="button" onPress={() => setRaising(true)}>
              {t('visit.raise')}
            </Button>
          ) : null}
          {allowed.filter(isLast).map(buttonOf)}
        </div>
      )}
    </AnchoredPanel>
  );
}
