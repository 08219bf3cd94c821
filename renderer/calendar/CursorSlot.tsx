import { useTranslation } from 'react-i18next';

import type { Quarter } from '../../core/domain/time/quarter.ts';
import type { Column } from '../visits/columns.ts';
import { clockAt, minutesBetween, topOf, type DayScale } from '../words/day-scale.ts';
import { coveredBy, freeSeatAt, type Cursor } from './move-cursor.ts';

interface CursorSlotProps {
  readonly column: Column;
  readonly scale: DayScale;
  readonly cursor: Cursor;
  readonly now: Quarter;
}

/** The slot under the keyboard cursor, together with the slots that Shift selected. All other empty slots are no elements. */
export function CursorSlot({ column, scale, cursor, now }: CursorSlotProps) {
  const { t } = useTranslation();
  const { start, end } = coveredBy(cursor);
  const isExtended = cursor.anchor !== undefined;
  const { lane, lanes } = freeSeatAt(column, cursor.quarter) ?? { lane: 0, lanes: 1 };
  const words = {
    time: clockAt(scale, start),
    until: clockAt(scale, end),
    name: column.resource.name,
    minutes: minutesBetween(start, end),
  };

  function label(): string {
    if (isExtended) return t('calendar.slots', words);
    if (cursor.quarter < now) return t('calendar.slotPast', words);
    const isOpen = column.runs.some((run) => run.start <= cursor.quarter && cursor.quarter < run.end);
    return isOpen ? t('calendar.slotFree', words) : t('calendar.slotOff', words);
  }

  return (
    <div
      role="gridcell"
      aria-label={label()}
      aria-colindex={start - scale.start + 2}
      aria-colspan={end - start}
      tabIndex={0}
      data-cursor
      className={isExtended ? 'cursor-slot cursor-slots tabular' : 'cursor-slot'}
      style={{
        top: topOf(scale, start),
        height: (end - start) * scale.rowPx,
        left: `${(lane / lanes) * 100}%`,
        width: `${100 / lanes}%`,
      }}
    >
      {isExtended ? `${words.time}–${words.until}` : null}
    </div>
  );
}
