import type { TFunction } from 'i18next';
import { DoorOpen, TriangleAlert } from 'lucide-react';
import { memo } from 'react';

import type { ResourceKind } from '../../core/domain/terms.ts';
import type { Visit } from './columns.ts';
import { cardLinePx, clockAt, topOf, type DayScale } from './day-scale.ts';
import { isCheckInNext } from './movable.ts';
import { StatusMark } from './status-marks.tsx';
import { accessibleNameOf, otherOf, patientNameOf, serviceNameOf } from './visit-words.ts';
import { WaitingMinutes } from './WaitingMinutes.tsx';

interface VisitCardProps {
  readonly visit: Visit;
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  readonly isCursor: boolean;
  readonly canMove: boolean;
  readonly mayCheckIn: boolean;
  /** Handed down: a thousand subscriptions to the language cost more than the cards. */
  readonly t: TFunction;
}

/** One visit in the grid. Clicks, drags and keys are the grid's: a thousand cards carry no handler of their own. */
export const VisitCard = memo(function VisitCard(props: VisitCardProps) {
  const { visit, scale, kind, isCursor, canMove, mayCheckIn, t } = props;
  const { appointment, start, end, lane, lanes } = visit;
  const first = Math.max(start, scale.start);
  const rows = Math.min(end, scale.end) - first;
  const height = rows * scale.rowPx - 2;
  // Whole lines alone: none is cut. Side by side the patient has a line of their own, or only the time would be read.
  const lines = Math.floor(height / cardLinePx(scale));
  const isNarrow = lanes > 1 && lines > 1;
  const status = visit.isProvisional ? 'provisional' : appointment.status;
  const name = accessibleNameOf(visit, scale, t, kind);
  const patient = patientNameOf(visit, t);
  const service = serviceNameOf(visit, t);
  const other = otherOf(visit, kind);
  const more = (isNarrow ? [patient, service, other] : [service, other]).filter((words) => words !== null);
  const below = more.slice(0, lines - 1);
  return (
    <div
      role="gridcell"
      aria-label={name}
      aria-colindex={first - scale.start + 2}
      aria-colspan={rows}
      title={name}
      tabIndex={isCursor ? 0 : -1}
      data-cursor={isCursor || undefined}
      data-visit={appointment.appointmentId}
      data-movable={canMove || undefined}
      data-status={status}
      data-cancelled={appointment.status === 'cancelled' || undefined}
      className="visit"
      style={{
        top: topOf(scale, first) + 1,
        height,
        left: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${100 / lanes}% - 4px)`,
      }}
    >
      <div className="visit-line" aria-hidden>
        <StatusMark status={status} />
        <time className="visit-time">{clockAt(scale, start)}</time>{' '}
        {lines === 1 ? (
          <span className="visit-patient">
            <bdi>{patient}</bdi> <span className="visit-beside">{more.join(' · ')}</span>
          </span>
        ) : (
          <span className="visit-patient" dir="auto">
            {isNarrow ? null : patient}
          </span>
        )}{' '}
        {visit.patient?.alert ? <TriangleAlert size={12} className="visit-alert" /> : null}
        {appointment.status === 'arrived' && appointment.arrivedAt ? (
          <WaitingMinutes arrivedAt={appointment.arrivedAt} />
        ) : null}
      </div>
      {below.map((words) => (
        <div key={words} className={words === patient ? 'visit-more visit-who' : 'visit-more'} aria-hidden>
          {words}{' '}
        </div>
      ))}
      {mayCheckIn && isCheckInNext(visit) ? (
        <button
          type="button"
          tabIndex={-1}
          data-action="check-in"
          data-words={rows >= 2 ? t('calendar.checkIn') : undefined}
          className="visit-action"
          title={t('calendar.checkIn')}
          aria-label={t('arrivals.checkInWho', { patient, time: clockAt(scale, start) })}
        >
          <DoorOpen aria-hidden size={12} strokeWidth={2.25} />
        </button>
      ) : null}
    </div>
  );
});
