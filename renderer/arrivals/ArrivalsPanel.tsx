import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { minutesPerQuarter } from '../../core/domain/time/quarter.ts';
import { useMinute } from '../calendar/clock.ts';
import type { Visit } from '../calendar/columns.ts';
import { clockAt, type DayScale } from '../calendar/day-scale.ts';
import { isCheckInNext } from '../calendar/movable.ts';
import { StatusMark } from '../calendar/status-marks.tsx';
import { useHandfuls } from '../calendar/use-handfuls.ts';
import { patientNameOf } from '../calendar/visit-words.ts';
import { WaitingMinutes } from '../calendar/WaitingMinutes.tsx';
import { useLostFocus } from '../frame/use-lost-focus.ts';
import { nextListed } from './next-listed.ts';
import { sortArrivals, type Arrivals } from './sort-arrivals.ts';

interface ArrivalsPanelProps {
  readonly visits: readonly Visit[];
  readonly scale: DayScale;
  readonly isToday: boolean;
  readonly mayCheckIn: boolean;
  readonly onCheckIn: (appointmentId: string) => void;
  readonly onOpen: (visit: Visit) => void;
}

/** The day's people: who waits and how long, who is expected, who is through. */
export const ArrivalsPanel = memo(function ArrivalsPanel({ visits, ...rest }: ArrivalsPanelProps) {
  const { t } = useTranslation();
  // After the calendar, at the start of the day too, and in pieces: of what came while the desk was offline there may be
  // hundreds.
  const listed = useDeferredValue<readonly Visit[] | null>(useHandfuls(visits, nextListed), null);
  const groups = useMemo(() => listed && sortArrivals(listed), [listed]);
  const panel = useRef<HTMLElement>(null);
  const place = useRef(0);
  // A row goes to another group under the focus: the one that takes its place is next.
  const lostFocus = useLostFocus(() => {
    const rows = rowsOf(panel.current);
    const row = rows[Math.min(place.current, rows.length - 1)];
    return [...(row?.querySelectorAll('button') ?? [])].at(-1) ?? panel.current?.querySelector('summary');
  });
  useLayoutEffect(() => {
    const at = rowsOf(panel.current).findIndex((row) => row.contains(document.activeElement));
    if (at >= 0) place.current = at;
  });
  return (
    <aside ref={panel} aria-label={t('arrivals.title')} className="arrivals" {...lostFocus}>
      {groups ? <Groups groups={groups} {...rest} /> : null}
    </aside>
  );
});

function Groups({ groups, ...rest }: Omit<ArrivalsPanelProps, 'visits'> & { readonly groups: Arrivals }) {
  const { t } = useTranslation();
  return (
    <>
      <Group title={t('arrivals.waiting')} visits={groups.waiting} nobody={t('arrivals.nobody')} {...rest} />
      <Group title={t('arrivals.expected')} visits={groups.expected} nobody={t('arrivals.nobodyExpected')} {...rest} />
      <Folded title={t('arrivals.in')} visits={groups.checkedIn} {...rest} />
      <Folded title={t('arrivals.done')} visits={groups.done} {...rest} />
      <Folded title={t('arrivals.missed')} visits={groups.missed} {...rest} />
    </>
  );
}

function rowsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('.arrivals-row') ?? [])];
}

type GroupProps = Omit<ArrivalsPanelProps, 'visits'> & { readonly title: string; readonly visits: readonly Visit[] };

function Group({ title, visits, nobody, ...rest }: GroupProps & { readonly nobody: string }) {
  return (
    <section>
      <h2 className="arrivals-title">
        {title} <span className="tabular">{visits.length}</span>
      </h2>
      {visits.length === 0 ? <p className="px-3 pb-2 text-grid text-faint">{nobody}</p> : null}
      <ul>
        {visits.map((visit) => (
          <Row key={visit.appointment.appointmentId} visit={visit} {...rest} />
        ))}
      </ul>
    </section>
  );
}

/** Rows of a folded group are made as it is opened: by the afternoon most of the day is in them. */
function Folded({ title, visits, ...rest }: GroupProps) {
  const [isOpen, setOpen] = useState(false);
  if (visits.length === 0) return null;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="arrivals-title">
        {title} <span className="tabular">{visits.length}</span>
      </summary>
      <ul>
        {isOpen ? visits.map((visit) => <Row key={visit.appointment.appointmentId} visit={visit} {...rest} />) : null}
      </ul>
    </details>
  );
}

/** Of hundreds only those whose visit changed are drawn again. */
const Row = memo(function Row({
  visit,
  scale,
  isToday,
  mayCheckIn,
  onCheckIn,
  onOpen,
}: Omit<GroupProps, 'title' | 'visits'> & { readonly visit: Visit }) {
  const { t } = useTranslation();
  const { appointment } = visit;
  const { status } = appointment;
  const time = clockAt(scale, visit.start);
  const patient = patientNameOf(visit, t);
  const canCheckIn = mayCheckIn && isToday && isCheckInNext(visit);
  return (
    <li
      className="arrivals-row"
      data-status={visit.isProvisional ? 'provisional' : status}
      title={visit.isProvisional ? t('status.provisional') : undefined}
    >
      <button type="button" className="arrivals-who" onClick={() => onOpen(visit)}>
        <time>{time}</time>{' '}
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium" dir="auto">
            {patient}
          </span>{' '}
          <span className="flex items-center gap-1 truncate text-small text-faint">
            <StatusMark status={visit.isProvisional ? 'provisional' : status} />
            {status === 'booked' && isToday ? <Late visit={visit} /> : null}
            {visit.isProvisional ? <span className="sr-only">{t('status.provisional')}</span> : null}{' '}
            <span className="truncate">{visit.providerName}</span>
          </span>
        </span>
        {status === 'arrived' && appointment.arrivedAt ? (
          <WaitingMinutes arrivedAt={appointment.arrivedAt} t={t} />
        ) : null}
      </button>
      {canCheckIn ? (
        <button
          type="button"
          className="button button-small"
          aria-label={t('arrivals.checkInWho', { patient, time })}
          onClick={() => onCheckIn(appointment.appointmentId)}
        >
          {t('arrivals.checkIn')}
        </button>
      ) : null}
    </li>
  );
});

/** From five minutes on; nobody is late by one. */
function Late({ visit }: { readonly visit: Visit }) {
  const { t } = useTranslation();
  const late = useMinute() - visit.start * minutesPerQuarter;
  if (late < 5) return null;
  const hours = Math.floor(late / 60);
  const minutes = late % 60;
  return (
    <span
      className="waiting"
      data-alarm="amber"
      data-words={hours > 0 ? t('arrivals.lateHours', { hours, minutes }) : t('arrivals.late', { minutes })}
      aria-hidden
    />
  );
}
