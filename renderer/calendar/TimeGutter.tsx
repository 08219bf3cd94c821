import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { heightOf, hourMarks, topOf, type DayScale } from './day-scale.ts';
import { NowTime } from './NowLine.tsx';

/** The times at the left; it stays while the columns scroll. The screen reader has the time in each visit's name. */
export const TimeGutter = memo(function TimeGutter({ scale }: { readonly scale: DayScale }) {
  const { t } = useTranslation();
  return (
    <div className="gutter" aria-hidden>
      <div className="gutter-head" />
      <div className="gutter-body" style={{ height: heightOf(scale) }}>
        {hourMarks(scale).map(({ quarter, label, isFullHour, isRepeated }) => (
          <time
            key={quarter}
            className={isFullHour ? 'hour' : 'half-hour'}
            style={{ top: topOf(scale, quarter) }}
            title={isRepeated ? t('calendar.again') : undefined}
          >
            {isFullHour ? label : label.slice(2)}
            {isRepeated ? <sup>2</sup> : null}
          </time>
        ))}
        <NowTime scale={scale} />
      </div>
    </div>
  );
});

/** One line per full hour across all columns, where the wall clock shows it: also on the days when it jumps. */
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
