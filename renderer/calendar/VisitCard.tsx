import type { TFunction } from 'i18next';
import { DoorOpen, TriangleAlert } from 'lucide-react';
import { memo } from 'react';

import type { Visit } from './columns.ts';
import { clockAt, rowPx, topOf, type DayScale } from './day-scale.ts';
import { StatusMark } from './status-marks.tsx';
import { accessibleNameOf, patientNameOf, placeOf, serviceNameOf } from './visit-words.ts';
import { WaitingMinutes } from './WaitingMinutes.tsx';

interface VisitCardProps {
  readonly visit: Visit;
  readonly scale: DayScale;
  readonly isCursor: boolean;
  readonly canMove: boolean;
  readonly canCheckIn: boolean;
  /** Handed down: a thousand subscriptions to the language cost more than the cards. */
  readonly t: TFunction;
}

/** One visit in the grid. Clicks, drags and keys are the grid's: a thousand cards carry no handler of their own. */
export const VisitCard = memo(function VisitCard({ visit, scale, isCursor, canMove, canCheckIn, t }: VisitCardProps) {
  const { appointment, start, end, lane, lanes } = visit;
  const first = Math.max(start, scale.start);
  const rows = Math.min(end, scale.end) - first;
  const status = visit.isProvisional ? 'provisional' : appointment.status;
  const isCheckInNext = canCheckIn && !visit.isProvisional && (status === 'booked' || status === 'arrived');
  const place = placeOf(visit);
  const name = accessibleNameOf(visit, scale, t);
  return (
    <div
      role="gridcell"
      aria-label={name}
      aria-colindex={first - scale.start + 2}
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
        height: rows * rowPx - 2,
        left: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${100 / lanes}% - 4px)`,
      }}
    >
      <div className="visit-line" aria-hidden>
        <StatusMark status={status} />
        <time className="visit-time">{clockAt(scale, start)}</time>{' '}
        <span className="visit-patient" dir="auto">
          {patientNameOf(visit, t)}
        </span>{' '}
        {visit.patient?.alert ? <TriangleAlert size={12} className="visit-alert" /> : null}
        {appointment.status === 'arrived' && appointment.arrivedAt ? (
          <WaitingMinutes arrivedAt={appointment.arrivedAt} />
        ) : null}
      </div>
      {rows >= 2 ? (
        <div className="visit-more" aria-hidden>
          {serviceNameOf(visit, t)}{' '}
        </div>
      ) : null}
      {rows >= 3 && place ? (
        <div className="visit-more" aria-hidden>
          {place}
        </div>
      ) : null}
      {isCheckInNext ? (
        <button
          type="button"
          tabIndex={-1}
          data-action="check-in"
          data-words={rows >= 2 ? t('calendar.checkIn') : undefined}
          className="visit-action"
          title={t('calendar.checkIn')}
          aria-label={t('arrivals.checkInWho', { patient: patientNameOf(visit, t), time: clockAt(scale, start) })}
        >
          <DoorOpen aria-hidden size={12} strokeWidth={2.25} />
        </button>
      ) : null}
      {canMove && !visit.isProvisional ? <div className="visit-resize" data-resize aria-hidden /> : null}
    </div>
  );
});
