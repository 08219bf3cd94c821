import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { heightOf, hourMarks, topOf, type DayScale, type HourMark } from '../words/day-scale.ts';
import { NowTime } from './NowLine.tsx';

/**
 * The times at the left, which stay while the columns scroll. For the screen reader they are the heads of the grid's
 * columns.
 */
export const TimeGutter = memo(function TimeGutter({ scale }: { readonly scale: DayScale }) {
  const { t } = useTranslation();
  const marks = hourMarks(scale);
  const endOf = (n: number) => marks[n + 1]?.quarter ?? scale.end;
  const spoken = ({ label, isRepeated }: HourMark) => (isRepeated ? `${label}, ${t('calendar.again')}` : label);
  return (
    <div className="gutter" role="row">
      <div className="gutter-head" role="columnheader" aria-colindex={1}>
        <span className="sr-only">{t('calendar.times')}</span>
      </div>
      <div className="gutter-body" role="presentation" style={{ height: heightOf(scale) }}>
        {marks.map((mark, n) => (
          <div
            key={mark.quarter}
            role="columnheader"
            aria-colindex={mark.quarter - scale.start + 2}
            aria-colspan={endOf(n) - mark.quarter}
            aria-label={spoken(mark)}
            className={mark.isFullHour ? 'hour tabular' : 'half-hour tabular'}
            style={{ top: topOf(scale, mark.quarter) }}
            title={mark.isRepeated ? t('calendar.again') : undefined}
          >
            {mark.isFullHour ? mark.label : mark.label.slice(2)}
            {mark.isRepeated ? <sup>2</sup> : null}
          </div>
        ))}
        <NowTime scale={scale} />
      </div>
    </div>
  );
});

/** One line per full hour of the wall clock across all columns, also on the days when the clock jumps. */
export const HourLines = memo(function HourLines({ scale }: { readonly scale: DayScale }) {
  return (
    <div className="hour-lines" aria-hidden>
      {hourMarks(scale)
        .filter(({ isFullHour }) => isFullHour)
        .map(({ quarter }) => (
          <div key={quarter} style={{ top: topOf(scale, quarter) }} />
        ))}
    </div>
  );
});
