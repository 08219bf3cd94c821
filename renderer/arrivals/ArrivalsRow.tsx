import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { NextStep } from '../../core/domain/statuses.ts';
import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { nextStepOf, type Circumstances } from '../commands/visit-actions.ts';
import { ignoreHeldKey } from '../ui/ignore-held-key.ts';
import { isSecondClick } from '../ui/is-second-click.ts';
import type { Visit } from '../visits/columns.ts';
import { StatusMark } from '../visits/status-marks.tsx';
import { isAwaited, isWaiting, toneOf } from '../visits/visit-traits.ts';
import { patientNameOf } from '../visits/visit-words.ts';
import { WaitingMinutes } from '../visits/WaitingMinutes.tsx';
import { useMinute } from '../words/clock.ts';
import { clockAt, type DayScale } from '../words/day-scale.ts';

export interface ArrivalsRowProps extends Circumstances {
  readonly visit: Visit;
  readonly scale: DayScale;
  readonly isToday: boolean;
  readonly onAct: (appointmentId: string, type: NextStep) => void;
  readonly onOpen: (visit: Visit) => void;
}

/** One of the day's people. A row draws again only when its own visit changes. */
export const ArrivalsRow = memo(function ArrivalsRow({
  visit,
  scale,
  isToday,
  permissions,
  present,
  onAct,
  onOpen,
}: ArrivalsRowProps) {
  const { t } = useTranslation();
  const { appointment } = visit;
  const time = clockAt(scale, visit.start);
  const patient = patientNameOf(visit, t);
  const nextStep = nextStepOf(visit, { permissions, present });
  return (
    <div
      className="arrivals-row"
      data-tone={toneOf(visit)}
      data-provisional={visit.isProvisional || undefined}
      title={visit.isProvisional ? t('status.provisional') : undefined}
    >
      <button type="button" className="arrivals-who" onKeyDown={ignoreHeldKey} onClick={() => onOpen(visit)}>
        <time>{time}</time>{' '}
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" dir="auto">
            {patient}
          </span>{' '}
          <span className="flex items-center gap-1 truncate text-small text-faint">
            <StatusMark tone={toneOf(visit)} />
            {isAwaited(visit) && isToday ? <Late visit={visit} /> : null}
            {isWaiting(visit) && appointment.arrivedAt ? (
              <WaitingMinutes arrivedAt={appointment.arrivedAt} t={t} />
            ) : null}
            {visit.isProvisional ? <span className="sr-only">{t('status.provisional')}</span> : null}{' '}
            <span className="truncate">{visit.providerName}</span>
          </span>
        </span>
      </button>
      {nextStep ? (
        <button
          type="button"
          className="button button-small"
          aria-label={t(`arrivals.actWho.${nextStep}`, { patient, time })}
          onKeyDown={ignoreHeldKey}
          onClick={(event) => {
            if (!isSecondClick(event)) onAct(appointment.appointmentId, nextStep);
          }}
        >
          {t(`visit.act.${nextStep}`)}
        </button>
      ) : null}
    </div>
  );
});

/** Shown from five minutes on, because one minute is not late. */
function Late({ visit }: { readonly visit: Visit }) {
  const { t } = useTranslation();
  const late = useMinute() - visit.start * minutesPerQuarter;
  if (late < 5) return null;
  const hours = Math.floor(late / 60);
  const minutes = late % 60;
  return (
    <span
      className="waiting"
      data-alarm="amber"
      data-words={hours > 0 ? t('arrivals.lateHours', { hours, minutes }) : t('arrivals.late', { minutes })}
      aria-hidden
    />
  );
}
