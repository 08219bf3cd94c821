import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import type { WaitlistEntry } from '../../../core/contract/waitlist.ts';
import type { TransitionType } from '../../../core/domain/bookings/transitions.ts';
import { presentAt } from '../../../core/domain/time/present.ts';
import { minutesPerQuarter, type Quarter } from '../../../core/domain/time/quarter.ts';
import { ArrivalsPanel } from '../../arrivals/ArrivalsPanel.tsx';
import { changeStatus, removeEntry } from '../../bookings/day-actions.ts';
import { beginDraft, type BookingDraft } from '../../bookings/draft.ts';
import { usePending } from '../../commands/pending-commands.ts';
import type { Session } from '../../commands/session.ts';
import { DaySheet } from '../../print/DaySheet.tsx';
import { useStableCallback } from '../../ui/use-stable-callback.ts';
import type { Visit } from '../../visits/columns.ts';
import type { Spotlight } from '../../visits/spotlight.ts';
import { draftForEntry } from '../../waitlist/draft-for-entry.ts';
import { WaitlistPanel } from '../../waitlist/WaitlistPanel.tsx';
import { useQuarter } from '../../words/clock.ts';
import { shortDate } from '../../words/format-date.ts';
import { hiddenOf, rowHeights, useDaySettings } from './day-settings.ts';
import { DayCalendar } from './DayCalendar.tsx';
import { FailedDay } from './DayNotices.tsx';
import { BookingBeside, VisitBeside } from './DayPanels.tsx';
import { DaySkeleton } from './DaySkeleton.tsx';
import { useDay } from './use-day.ts';
import { revealQuarter, useSpotlight } from './use-spotlight.ts';

interface DayScreenProps {
  readonly session: Session;
  readonly siteId: string;
  readonly date: string;
  /** The panel beside the calendar. */
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
  useSpotlight(spotlight?.date === date ? spotlight : null, siteId, day, ({ opens }) => {
    setDraft(null);
    if (opens) setOpened({ appointmentId: opens, wish: null });
  });

  const act = useStableCallback((appointmentId: string, type: TransitionType) => {
    const visit = day.visits.find((each) => each.appointment.appointmentId === appointmentId);
    if (!day.view || !visit) return;
    changeStatus(identity, { view: day.view, provisional: day.provisional }, type, visit.appointment);
  });
  const open = useStableCallback((appointmentId: string, wish?: TransitionType) => {
    setDraft(null);
    setOpened({ appointmentId, wish: wish ?? null });
  });
  const openFromList = useStableCallback((visit: Visit) => {
    open(visit.appointment.appointmentId);
    if (day.scale) revealQuarter(day.scale, visit.start);
  });

  const timeZone = day.scale?.timeZone;
  const present = useMemo(() => (timeZone === undefined ? null : presentAt(now, timeZone)), [now, timeZone]);

  if (!day.view || !day.scale || !present) {
    return day.error ? (
      <FailedDay error={day.error} onRetry={day.retry} />
    ) : (
      <DaySkeleton isPeopleShown={side !== null} />
    );
  }
  const { view, scale, provisional } = day;
  const isToday = scale.start <= now && now < scale.end;
  const openVisit = day.visits.find(({ appointment }) => appointment.appointmentId === opened?.appointmentId);

  function select(resourceId: string, start: Quarter, end: Quarter | null) {
    const durationMinutes = end === null ? null : (end - start) * minutesPerQuarter;
    setOpened(null);
    setDraft((typed) => beginDraft(view, { kind, resourceId, start, durationMinutes }, typed, now));
  }

  function bookEntry(entry: WaitlistEntry) {
    const filled = draftForEntry(view, entry, now);
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

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <DayCalendar
        session={session}
        siteId={siteId}
        day={day}
        view={view}
        scale={scale}
        settings={settings}
        isShowingOff={isShowingOff}
        onShowOff={setShowingOff}
        draft={draft}
        present={present}
        onSelect={select}
        onOpen={open}
        onAct={act}
      />
      {side === 'waitlist' ? (
        <WaitlistPanel
          view={view}
          mayBook={person.permissions.includes('book')}
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
          permissions={person.permissions}
          present={present}
          onAct={act}
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
          present={present}
          wish={opened.wish}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </div>
  );
}
