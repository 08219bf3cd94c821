import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import type { DayView } from '../../../core/calendar/calendar.ts';
import { minutesPerQuarter, type Quarter } from '../../../core/domain/time/quarter.ts';
import { moveVisit } from '../../bookings/day-actions.ts';
import { minutesOf, serviceOf, type BookingDraft } from '../../bookings/draft.ts';
import { dropWords, type Drop } from '../../calendar/carry-visit.ts';
import type { DayGridProps } from '../../calendar/day-grid-props.ts';
import { DayGrid } from '../../calendar/DayGrid.tsx';
import { dropTargetsOf } from '../../calendar/drop-targets.ts';
import type { Session } from '../../commands/session.ts';
import type { Visit } from '../../visits/columns.ts';
import { errorWords } from '../../words/blocker-words.ts';
import type { DayScale } from '../../words/day-scale.ts';
import { changeDaySettings, hiddenOf, hideColumns, zoomed, type DaySettings } from './day-settings.ts';
import { EmptyDay, NoColumns } from './DayNotices.tsx';
import { FilterBar } from './FilterBar.tsx';
import type { Day } from './use-day.ts';

interface DayCalendarProps extends Pick<DayGridProps, 'present' | 'onSelect' | 'onOpen' | 'onAct'> {
  readonly session: Session;
  readonly siteId: string;
  readonly day: Day;
  readonly view: DayView;
  readonly scale: DayScale;
  readonly settings: DaySettings;
  readonly isShowingOff: boolean;
  readonly onShowOff: (isShowing: boolean) => void;
  readonly draft: BookingDraft | null;
}

/** The filter bar, and below it the grid, or a notice why there is none. */
export function DayCalendar(props: DayCalendarProps) {
  const { session, siteId, day, view, scale, settings, isShowingOff, onShowOff, draft, ...grid } = props;
  const { identity, person } = session;
  const { t } = useTranslation();
  const { kind, zoom } = settings;
  const hidden = hiddenOf(settings, siteId);
  const chosen = day.columns.filter(({ resource }) => !hidden.includes(resource.resourceId));
  const shown = chosen.filter((column) => isShowingOff || !day.off.includes(column));

  function reasonOf(visit: Visit, { decision }: Drop): string {
    if (decision.ok) return '';
    const serviceName = visit.service?.name ?? t('calendar.unknownService');
    return errorWords(decision.error, view, { serviceName }, t)[0] ?? '';
  }

  function drop(visit: Visit, dropped: Drop) {
    if (dropped.decision.ok) {
      const { value } = dropped.decision;
      moveVisit(identity, { view, provisional: day.provisional }, visit.appointment, value, kind);
    } else toast.error(reasonOf(visit, dropped));
  }

  return (
    <main className="day-main">
      <FilterBar siteId={siteId} day={day} settings={settings} isShowingOff={isShowingOff} onShowOff={onShowOff} />
      <div className="relative min-h-0 flex-1">
        {day.columns.every(({ runs, visits }) => runs.length + visits.length === 0) ? (
          <EmptyDay date={view.date} siteName={view.site.name} kind={kind} />
        ) : shown.length === 0 ? (
          <NoColumns kind={kind} onShowAll={() => hideColumns(siteId, [])} />
        ) : (
          <DayGrid
            {...grid}
            key={`${siteId} ${view.date}`}
            columns={shown}
            scale={scale}
            kind={kind}
            siteName={view.site.name}
            maySelect={person.permissions.includes('book')}
            permissions={person.permissions}
            draft={draft && draftWindow(view, draft, kind)}
            targetsOf={(visit) => dropTargetsOf(view, visit.appointment, kind, grid.present.now)}
            wordsOf={(visit, dropped) =>
              dropped.decision.ok ? dropWords(dropped, scale, view) : reasonOf(visit, dropped)
            }
            onDrop={drop}
            onZoom={(step) => changeDaySettings({ zoom: zoomed(zoom, step) })}
          />
        )}
      </div>
    </main>
  );
}

/** The column and the window that the draft would take; null while no column of this kind is chosen. */
function draftWindow(view: DayView, draft: BookingDraft, kind: DaySettings['kind']): DayGridProps['draft'] {
  const resourceId = kind === 'provider' ? draft.providerId : draft.fixed?.resourceId;
  if (!resourceId) return null;
  const quarters = minutesOf(draft, serviceOf(view, draft)) / minutesPerQuarter;
  const end: Quarter = draft.start + quarters;
  return { resourceId, start: draft.start, end };
}
