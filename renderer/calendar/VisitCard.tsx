import type { TFunction } from 'i18next';
import { memo, type CSSProperties } from 'react';

import type { NextStep } from '../../core/domain/statuses.ts';
import type { ResourceKind } from '../../core/domain/terms.ts';
import { isRightToLeft } from '../i18n/is-right-to-left.ts';
import { cardWordsOf } from '../visits/card-words.ts';
import type { Visit } from '../visits/columns.ts';
import { isGone, isWaiting, toneOf } from '../visits/visit-traits.ts';
import { accessibleNameOf, otherOf, patientNameOf, serviceNameOf } from '../visits/visit-words.ts';
import { WaitingMinutes } from '../visits/WaitingMinutes.tsx';
import { cardLinePx, clockAt, type DayScale } from '../words/day-scale.ts';

interface VisitCardProps {
  readonly visit: Visit;
  /**
   * Pixels from the end of the card above, or from the start of the day for a card side by side with others: see
   * cardMargins.
   */
  readonly marginTop: number;
  readonly scale: DayScale;
  readonly kind: ResourceKind;
  /** One line of a card has room for more than time and patient. */
  readonly isRoomy: boolean;
  readonly isCursor: boolean;
  readonly canMove: boolean;
  /** The step that the person may take now; null: none. */
  readonly nextStep: NextStep | null;
  /** A prop, because a thousand subscriptions to the language cost more than the cards themselves. */
  readonly t: TFunction;
}

/**
 * One visit in the grid. The grid handles clicks, drags and keys, so that a thousand cards have no handlers of their own.
 * The whole card is one block of text with line breaks: a block for each line costs a third more to lay out.
 */
export const VisitCard = memo(function VisitCard(props: VisitCardProps) {
  const { visit, marginTop, scale, kind, isRoomy, isCursor, canMove, nextStep, t } = props;
  const { appointment, start, end, lanes } = visit;
  const first = Math.max(start, scale.start);
  const rows = Math.min(end, scale.end) - first;
  const height = rows * scale.rowPx - 2;
  // Only whole lines are shown: none is cut. Side by side the patient gets a line, because the time alone would fill the
  // first.
  const lines = Math.floor(height / cardLinePx(scale));
  const isNarrow = lanes > 1 && lines > 1;
  const patient = patientNameOf(visit, t);
  const name = accessibleNameOf(visit, scale, t, kind);
  const alert = visit.patient?.alert ? <span className="visit-alert" aria-hidden /> : null;
  const { arrivedAt } = appointment;
  const waiting =
    isWaiting(visit) && arrivedAt ? (
      <WaitingMinutes arrivedAt={arrivedAt} isShort={lines === 1 || isNarrow} t={t} />
    ) : null;
  const waitsBelow = waiting !== null && lines > 1 && !isNarrow;
  const what = [serviceNameOf(visit, t), otherOf(visit, kind)].filter((words) => words !== null);
  const below = what.slice(0, lines - (isNarrow ? 2 : 1)).map((words) => `\n${words}`);
  const beside = isRoomy ? ` ${what.join(' · ')}` : '';
  const more = lines === 1 ? beside : below.join('').slice(waitsBelow ? 1 : 0);
  const act = nextStep && cardWordsOf(t).act[nextStep];
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
      data-tone={toneOf(visit)}
      data-provisional={visit.isProvisional || undefined}
      data-cancelled={isGone(visit) || undefined}
      data-beside={lanes > 1 || undefined}
      className="visit"
      style={{ marginTop, height, ...sideBySide(visit) }}
    >
      {isNarrow ? null : alert}
      {lines === 1 ? waiting : null}
      <time className="visit-time" aria-hidden>
        {clockAt(scale, start) + (isNarrow ? '\n' : ' ')}
      </time>
      {isNarrow ? alert : null}
      {isNarrow ? waiting : null}
      <bdi className="visit-patient" data-rtl={isRightToLeft(patient) || undefined} aria-hidden>
        {patient}
      </bdi>
      {waitsBelow ? '\n' : null}
      {waitsBelow ? waiting : null}
      {more === '' ? null : (
        <span className="visit-more" aria-hidden>
          {more}
        </span>
      )}
      {nextStep && act ? (
        <button
          type="button"
          tabIndex={-1}
          data-action={nextStep}
          data-words={rows >= 2 ? act : undefined}
          className="visit-action"
          title={act}
          aria-label={act}
        />
      ) : null}
    </div>
  );
});

/**
 * Left and width of a card side by side with others; null for a single card, which the style sheet makes as wide as its
 * column.
 */
function sideBySide({ lane, lanes }: Visit): CSSProperties | null {
  if (lanes === 1) return null;
  const width = `${100 / lanes}%`;
  return { left: `${(lane / lanes) * 100}%`, width: lane === lanes - 1 ? width : `calc(${width} - 3px)` };
}
