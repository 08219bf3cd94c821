import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import type { WaitlistEntry } from '../../../core/contract/waitlist.ts';
import type { TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { minutesPerQuarter, type Quarter } from '../../../core/domain/time/quarter.ts';
import { ArrivalsPanel } from '../../arrivals/ArrivalsPanel.tsx';
import { changeStatus, moveVisit, removeEntry } from '../../bookings/day-actions.ts';
import { beginDraft, minutesOf, serviceOf, type BookingDraft } from '../../bookings/draft.ts';
import type { Drop } from '../../calendar/carry-visit.ts';
import { dropWords } from '../../calendar/carry-visit.ts';
import { DayGrid } from '../../calendar/DayGrid.tsx';
import { dropTargetsOf } from '../../calendar/drop-targets.ts';
import { usePending } from '../../commands/pending-commands.ts';
import type { Session } from '../../commands/session.ts';
import { DaySheet } from '../../print/DaySheet.tsx';
import { useStable } from '../../ui/use-stable.ts';
import type { Visit } from '../../visits/columns.ts';
import type { Spotlight } from '../../visits/spotlight.ts';
import { draftForEntry } from '../../waitlist/draft-for-entry.ts';
import { WaitlistPanel } from '../../waitlist/WaitlistPanel.tsx';
import { errorWords } from '../../words/blocker-words.ts';
import { useQuarter } from '../../words/clock.ts';
import { shortDate } from '../../words/format-date.ts';
import { changeDaySettings, hiddenOf, hideColumns, rowHeights, useDaySettings, zoomed } from './day-settings.ts';
import { EmptyDay, FailedDay, NoColumns } from './DayNotices.tsx';
import { BookingBeside, VisitBeside } from './DayPanels.tsx';
import { DaySkeleton } from './DaySkeleton.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useDay } from './use-day.ts';
import { revealQuarter, useSpotlight } from './use-spotlight.ts';

interface DayScreenProps {
  readonly session: Session;
  readonly siteId: string;
  readonly date: string;
  /** What stands beside the calendar. */
  readonly side: 'people' | 'waitlist' | null;
  readonly spotlight: Spotlight | null;
}

const noneHidden: readonly string[] = [];

interface Opened {
  readonly appointmentId: string;
  readonly wish: TransitionType | null;
}

/** One day of one site: calendar, the panel beside a slot or a visit, and the day's people. */
export function DayScreen({ session, siteId, date, side, spotlight }: DayScreenProps) {
  const { t } = useTranslation();
  const { identity, person } = session;
  const now = useQuarter();
  const pending = usePending();
  const settings = useDaySettings();
  const { kind, zoom } = settings;
  const hidden = hiddenOf(settings, siteId);
  const day = useDay(siteId, date, pending, { kind, rowPx: rowHeights[zoom] });
  const [isShowingOff, setShowingOff] = useState(false);
  const [draft, setDraft] = useState<BookingDraft | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  const spot = spotlight?.date === date ? spotlight : null;
  useSpotlight(spot, day.columns, day.scale);

  const act = useStable((appointmentId: string, type: TransitionType) => {
    const visit = day.visits.find((each) => each.appointment.appointmentId === appointmentId);
    if (!day.view || !visit) return;
    changeStatus(identity, { view: day.view, provisional: day.provisional }, type, visit.appointment);
  });
  const checkIn = useStable((appointmentId: string) => act(appointmentId, 'check-in'));
  const open = useStable((appointmentId: string, wish?: TransitionType) => {
    setDraft(null);
    setOpened({ appointmentId, wish: wish ?? null });
  });
  const openFromList = useStable((visit: Visit) => {
    open(visit.appointment.appointmentId);
    if (day.scale) revealQuarter(day.scale, visit.start);
  });

  const mayBook = person.permissions.includes('book');

  // The spotlight's visit opens once, when its day is there; what it shows is not left hidden.
  if (spot && day.view && lit !== spot.key) {
    setLit(spot.key);
    setDraft(null);
    if (spot.opens) setOpened({ appointmentId: spot.opens, wish: null });
    const wanted = day.columns.filter(({ visits }) =>
      visits.some(({ appointment }) => spot.appointmentIds.includes(appointment.appointmentId)),
    );
    const stillHidden = hidden.filter((id) => wanted.every(({ resource }) => resource.resourceId !== id));
    if (stillHidden.length < hidden.length) hideColumns(siteId, stillHidden);
  }

  if (!day.view || !day.scale) {
    return day.error ? (
      <FailedDay error={day.error} onRetry={day.retry} />
    ) : (
      <DaySkeleton isPeopleShown={side !== null} />
    );
  }
  const { view, scale, provisional } = day;
  const isToday = scale.start <= now && now < scale.end;
  const mayCheckIn = person.permissions.includes('check-in') && isToday;
  const openVisit = day.visits.find(({ appointment }) => appointment.appointmentId === opened?.appointmentId);
  const chosen = day.columns.filter(({ resource }) => !hidden.includes(resource.resourceId));
  const shown = chosen.filter((column) => isShowingOff || !day.off.includes(column));
  const draftColumnId = draft && (kind === 'provider' ? draft.providerId : draft.fixed?.resourceId);

  function select(resourceId: string, start: Quarter, end: Quarter | null) {
    const durationMinutes = end === null ? null : (end - start) * minutesPerQuarter;
    setOpened(null);
    setDraft((typed) => beginDraft(view, { kind, resourceId, start, durationMinutes }, typed, now));
  }

  function bookEntry(request: WaitlistEntry) {
    const filled = draftForEntry(view, request, now);
    setOpened(null);
    if (filled) {
      setDraft(filled);
      revealQuarter(scale, filled.start);
    } else {
      toast(t('waitlist.nothingFree', { date: shortDate(view.date) }), {
        description: t('waitlist.nothingFreeDetail'),
      });
    }
  }

  function reasonOf(visit: Visit, { decision }: Drop): string {
    if (decision.ok) return '';
    const serviceName = visit.service?.name ?? t('calendar.unknownService');
    return errorWords(decision.error, view, { serviceName }, t)[0] ?? '';
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <main className="day-main">
        <FilterBar
          siteId={siteId}
          day={day}
          settings={settings}
          isShowingOff={isShowingOff}
          onShowOff={setShowingOff}
        />
        <div className="relative min-h-0 flex-1">
          {day.columns.every(({ runs, visits }) => runs.length + visits.length === 0) ? (
            <EmptyDay date={date} siteName={view.site.name} kind={kind} />
          ) : shown.length === 0 ? (
            <NoColumns kind={kind} onShowAll={() => hideColumns(siteId, [])} />
          ) : (
            <DayGrid
              key={`${siteId} ${date}`}
              columns={shown}
              scale={scale}
              kind={kind}
              siteName={view.site.name}
              now={now}
              maySelect={mayBook}
              mayCheckIn={mayCheckIn}
              draft={
                draft && draftColumnId
                  ? {
                      resourceId: draftColumnId,
                      start: draft.start,
                      end: draft.start + minutesOf(draft, serviceOf(view, draft)) / minutesPerQuarter,
                    }
                  : null
              }
              targetsOf={(visit) => dropTargetsOf(view, visit.appointment, kind, now)}
              wordsOf={(visit, drop) => (drop.decision.ok ? dropWords(drop, scale, view) : reasonOf(visit, drop))}
              onSelect={select}
              onDrop={(visit, drop) => {
                if (drop.decision.ok) {
                  const { value } = drop.decision;
                  moveVisit(identity, { view, provisional }, visit.appointment, value, kind);
                } else toast.error(reasonOf(visit, drop));
              }}
              onOpen={open}
              onAct={act}
              permissions={person.permissions}
              onZoom={(step) => changeDaySettings({ zoom: zoomed(zoom, step) })}
            />
          )}
        </div>
      </main>
      {side === 'waitlist' ? (
        <WaitlistPanel
          view={view}
          mayBook={mayBook}
          onBook={bookEntry}
          onRemove={(waitlistEntryId) => removeEntry(identity, waitlistEntryId)}
        />
      ) : null}
      <DaySheet
        visits={day.visits}
        scale={scale}
        siteName={view.site.name}
        printedBy={person.displayName}
        asOf={day.asOf}
        hidden={kind === 'provider' ? hidden : noneHidden}
      />
      {side === 'people' ? (
        <ArrivalsPanel
          visits={day.visits}
          scale={scale}
          isToday={isToday}
          mayCheckIn={mayCheckIn}
          onCheckIn={checkIn}
          onOpen={openFromList}
        />
      ) : null}
      {draft ? <BookingBeside session={session} view={view} draft={draft} now={now} onDraft={setDraft} /> : null}
      {openVisit && opened ? (
        <VisitBeside
          session={session}
          view={view}
          provisional={provisional}
          scale={scale}
          visit={openVisit}
          isToday={isToday}
          wish={opened.wish}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </div>
  );
}
