import type { TFunction } from 'i18next';
import { memo } from 'react';

import type { ResourceKind } from '../../core/domain/terms.ts';
import type { Visit } from './columns.ts';
import { cardLinePx, clockAt, topOf, type DayScale } from './day-scale.ts';
import { isCheckInNext } from './movable.ts';
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
  const { arrivedAt } = appointment;
  const waiting = appointment.status === 'arrived' && arrivedAt ? <WaitingMinutes arrivedAt={arrivedAt} /> : null;
  const hasAlert = Boolean(visit.patient?.alert);
  const hasEnd = hasAlert || (lines === 1 && waiting !== null);
  const checkInWords = t('calendar.checkIn');
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
      data-alert={hasAlert || undefined}
      data-cancelled={appointment.status === 'cancelled' || undefined}
      className="visit"
      style={{
        top: topOf(scale, first) + 1,
        height,
        left: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${100 / lanes}% - 4px)`,
      }}
    >
      <div className="visit-line" data-ended={hasEnd || undefined} aria-hidden>
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
        {lines === 1 ? waiting : null}
      </div>
      {lines === 1 ? null : waiting}
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
          data-words={rows >= 2 ? checkInWords : undefined}
          className="visit-action"
          title={checkInWords}
          aria-label={checkInWords}
        />
      ) : null}
    </div>
  );
});
