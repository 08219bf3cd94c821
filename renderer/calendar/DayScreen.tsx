import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import { minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';
import { ArrivalsPanel } from '../arrivals/ArrivalsPanel.tsx';
import { BookingPanel } from '../bookings/BookingPanel.tsx';
import { bookVisit, changeStatus, moveVisit, providerSlotsOf, raiseCapacity } from '../bookings/day-actions.ts';
import { minutesOf, serviceOf, type BookingDraft } from '../bookings/draft.ts';
import { namedBy } from '../bookings/fixed-resource.ts';
import { newId } from '../bookings/make-command.ts';
import { usePending } from '../bookings/pending-commands.ts';
import { VisitPanel } from '../bookings/VisitPanel.tsx';
import { errorWords } from '../conflicts/blocker-words.ts';
import { useStable } from '../frame/use-stable.ts';
import type { Session } from '../sessions/session.ts';
import { useQuarter } from './clock.ts';
import type { Visit } from './columns.ts';
import { clockAt } from './day-scale.ts';
import { DayGrid } from './DayGrid.tsx';
import { EmptyDay, FailedDay } from './DayNotices.tsx';
import { DaySkeleton } from './DaySkeleton.tsx';
import { dropTargetsOf } from './drop-targets.ts';
import { FilterBar } from './FilterBar.tsx';
import type { Drop } from './grid-gestures.ts';
import type { Spotlight } from './spotlight.ts';
import { useDay } from './use-day.ts';
import { revealQuarter, useSpotlight } from './use-spotlight.ts';

interface DayScreenProps {
  readonly session: Session;
  readonly siteId: string;
  readonly date: string;
  readonly isPeopleShown: boolean;
  readonly spotlight: Spotlight | null;
}

/** One day of one site: calendar, the panel beside a slot or a visit, and the day's people. */
export function DayScreen({ session, siteId, date, isPeopleShown, spotlight }: DayScreenProps) {
  const { t } = useTranslation();
  const { identity, person } = session;
  const now = useQuarter();
  const pending = usePending();
  const day = useDay(siteId, date, pending);
  const [isShowingOff, setShowingOff] = useState(false);
  const [draft, setDraft] = useState<BookingDraft | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  useSpotlight(spotlight?.date === date ? spotlight : null, day.columns, day.scale?.start ?? null);

  const visits = useMemo(() => day.columns.flatMap((column) => column.visits), [day.columns]);
  const checkIn = useStable((appointmentId: string) => {
    if (day.view) changeStatus(identity, day.view, 'check-in', appointmentId);
  });
  const openFromList = useStable((visit: Visit) => {
    setDraft(null);
    setOpenId(visit.appointment.appointmentId);
    if (day.scale) revealQuarter(day.scale.start, visit.start);
  });

  const may = (permission: (typeof person.permissions)[number]) => person.permissions.includes(permission);
  const mayBook = may('book');

  // The spotlight's visit opens once, when its day is there.
  if (spotlight && spotlight.date === date && day.view && lit !== spotlight.key) {
    setLit(spotlight.key);
    setDraft(null);
    if (spotlight.opens) setOpenId(spotlight.opens);
  }

  if (!day.view || !day.scale) {
    return day.error ? <FailedDay onRetry={day.retry} /> : <DaySkeleton isPeopleShown={isPeopleShown} />;
  }
  const { view, scale } = day;
  const isToday = scale.start <= now && now < scale.end;
  const mayCheckIn = may('check-in');
  const open = visits.find(({ appointment }) => appointment.appointmentId === openId) ?? null;
  const isWaiting = pending.some(
    ({ typed, phase }) =>
      phase === 'waiting' && 'appointmentId' in typed.command.body && typed.command.body.appointmentId === openId,
  );
  const shown = day.columns.filter((column) => isShowingOff || !day.off.includes(column));
  const draftService = draft ? serviceOf(view, draft) : null;

  function select(providerId: string, start: Quarter, end: Quarter | null) {
    const durationMinutes = end === null ? null : (end - start) * minutesPerQuarter;
    setOpenId(null);
    setDraft((typed) => ({
      appointmentId: newId(),
      serviceId: null,
      patientText: '',
      patient: null,
      ...typed,
      providerId,
      start,
      durationMinutes,
    }));
  }

  function drop(visit: Visit, { decision, ...target }: Drop) {
    if (decision.ok) moveVisit(identity, view, visit.appointment, decision.value, 'provider');
    else toast.error(reasonOf(visit, { decision, ...target }));
  }

  function reasonOf(visit: Visit, { decision }: Drop): string {
    if (decision.ok) return '';
    const serviceName = visit.service?.name ?? t('calendar.unknownService');
    return errorWords(decision.error, view, { serviceName }, t)[0] ?? '';
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <main className="flex min-w-0 flex-1 flex-col">
        <FilterBar
          offCount={day.off.length}
          isShowingOff={isShowingOff}
          onShowOff={setShowingOff}
          isOld={day.error !== null}
          onRetry={day.retry}
        />
        <div className="relative min-h-0 flex-1">
          {shown.length === 0 || (shown.every(({ runs }) => runs.length === 0) && visits.length === 0) ? (
            <EmptyDay date={date} siteName={view.site.name} />
          ) : (
            <DayGrid
              key={`${siteId} ${date}`}
              columns={shown}
              scale={scale}
              kind="provider"
              siteName={view.site.name}
              now={now}
              maySelect={mayBook}
              mayCheckIn={mayCheckIn && isToday}
              draft={
                draft && {
                  resourceId: draft.providerId,
                  start: draft.start,
                  end: draft.start + minutesOf(draft, draftService) / minutesPerQuarter,
                }
              }
              targetsOf={(visit) => dropTargetsOf(view, visit.appointment, 'provider', now)}
              wordsOf={(visit, target) => {
                const until = clockAt(scale, target.start + target.durationQuarters);
                const name = view.resources.find(({ resourceId }) => resourceId === target.resourceId)?.name ?? '';
                return target.decision.ok
                  ? `${clockAt(scale, target.start)}–${until} · ${name}`
                  : reasonOf(visit, target);
              }}
              onSelect={select}
              onDrop={drop}
              onOpen={(appointmentId) => {
                setDraft(null);
                setOpenId(appointmentId);
              }}
              onCheckIn={checkIn}
            />
          )}
        </div>
      </main>
      {isPeopleShown ? (
        <ArrivalsPanel
          visits={visits}
          scale={scale}
          isToday={isToday}
          mayCheckIn={mayCheckIn}
          onCheckIn={checkIn}
          onOpen={openFromList}
        />
      ) : null}
      {draft ? (
        <BookingPanel
          view={view}
          draft={draft}
          now={now}
          onChange={setDraft}
          onBook={(placement) => {
            if (draft.patient) bookVisit(identity, view, placement, draft.patient, namedBy(draft));
            setDraft(null);
          }}
          onClose={() => setDraft(null)}
        />
      ) : null}
      {open ? (
        <VisitPanel
          key={open.appointment.appointmentId}
          visit={open}
          scale={scale}
          isWaiting={isWaiting}
          mayBook={mayBook}
          mayCheckIn={mayCheckIn && isToday}
          raise={
            may('raise-capacity')
              ? {
                  capacity: providerSlotsOf(view, open.appointment).capacity + 1,
                  onRaise: (reason) => {
                    const { slots, capacity } = providerSlotsOf(view, open.appointment);
                    const { providerId: resourceId } = open.appointment;
                    void raiseCapacity(identity, view, { resourceId, slots, capacity: capacity + 1, reason });
                    setOpenId(null);
                  },
                }
              : null
          }
          onTransition={(type) => {
            changeStatus(identity, view, type, open.appointment.appointmentId);
            setOpenId(null);
          }}
          onClose={() => setOpenId(null)}
        />
      ) : null}
    </div>
  );
}
