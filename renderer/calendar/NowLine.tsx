import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { useMinute, wallMinuteAt } from '../words/clock.ts';
import type { DayScale } from '../words/day-scale.ts';

/** How far down the day the present minute is; null on other days. */
function useNowPx(scale: DayScale): { readonly minute: number; readonly px: number } | null {
  const minute = useMinute();
  const quarters = minute / minutesPerQuarter;
  if (quarters < scale.start || quarters >= scale.end) return null;
  return { minute, px: Math.round((quarters - scale.start) * scale.rowPx) };
}

/** Where the day stands, across the columns. */
export function NowLine({ scale }: { readonly scale: DayScale }) {
  const now = useNowPx(scale);
  return now && <div className="now-line" aria-hidden style={{ transform: `translateY(${now.px}px)` }} />;
}

/** The same in the gutter, in figures. */
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
