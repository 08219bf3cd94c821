import { parseDate, toZoned, type CalendarDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import { isKnownClosed } from '../api/queries.ts';
import { weekStartOf } from '../i18n/locale.ts';

const firstDay = parseDate('2000-01-01');
const lastDay = parseDate('2099-12-31');

interface MiniMonthProps {
  readonly site: Site;
  /** The date of the day on the screen. */
  readonly date: string;
  /** The day under the keyboard cursor, whose month is shown. */
  readonly pointed: string;
  readonly onPoint: (date: string) => void;
  readonly onGo: (date: string) => void;
}

/** A month to choose a day from. Today is the clinic's, whichever day is on the screen. */
export function MiniMonth({ site, date, pointed, onPoint, onGo }: MiniMonthProps) {
  const { t } = useTranslation();
  return (
    <Calendar
      aria-label={t('frame.month')}
      className="mini-month"
      firstDayOfWeek={weekStartOf(navigator.language)}
      minValue={firstDay}
      maxValue={lastDay}
      // A value with a zone makes the widget's today that of the zone.
      value={toZoned(parseDate(date), site.timeZone)}
      focusedValue={parseDate(pointed)}
      onFocusChange={(day) => onPoint(dateOf(day))}
      onChange={(day) => onGo(dateOf(day))}
    >
      <div className="flex items-center justify-between">
        <Heading level={2} className="ps-2 text-grid font-semibold" />
        <div className="flex">
          <Button slot="previous" className="button button-quiet button-icon">
            <ChevronLeft aria-hidden size={16} className="rtl:-scale-x-100" />
          </Button>
          <Button slot="next" className="button button-quiet button-icon">
            <ChevronRight aria-hidden size={16} className="rtl:-scale-x-100" />
          </Button>
        </div>
      </div>
      <CalendarGrid weekdayStyle="short" className="mini-month-grid">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="mini-month-head">{day.slice(0, 2)}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(day) => (
            <CalendarCell
              date={day}
              className={isKnownClosed(site.siteId, dateOf(day)) ? 'mini-day mini-day-closed' : 'mini-day'}
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}

function dateOf({ year, month, day }: Pick<CalendarDate, 'year' | 'month' | 'day'>): string {
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}
