import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { useMinute, wallMinuteAt } from '../words/clock.ts';
import type { DayScale } from '../words/day-scale.ts';

/** The present minute and its distance from the top of the day; null on other days. */
function useNowPx(scale: DayScale): { readonly minute: number; readonly px: number } | null {
  const minute = useMinute();
  const quarters = minute / minutesPerQuarter;
  if (quarters < scale.start || quarters >= scale.end) return null;
  return { minute, px: Math.round((quarters - scale.start) * scale.rowPx) };
}

/** The line of the present minute, across all columns. */
export function NowLine({ scale }: { readonly scale: DayScale }) {
  const now = useNowPx(scale);
  return now && <div className="now-line" aria-hidden style={{ transform: `translateY(${now.px}px)` }} />;
}

/** The present minute in figures, in the gutter. */
export function NowTime({ scale }: { readonly scale: DayScale }) {
  const now = useNowPx(scale);
  return (
    now && (
      <span className="now-time tabular" style={{ transform: `translateY(${now.px - 8}px)` }}>
        {wallMinuteAt(now.minute, scale.timeZone)}
      </span>
    )
  );
}
