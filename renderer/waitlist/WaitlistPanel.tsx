import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { DayView } from '../../core/calendar/calendar.ts';
import type { WaitlistEntry } from '../../core/contract/waitlist.ts';
import { quarterDuring, quarterOf } from '../../core/domain/time/quarter.ts';
import { dateAt } from '../../core/domain/time/zoned.ts';
import { problemOf } from '../api/desk.ts';
import { waitlistQuery } from '../api/queries.ts';
import { useOutbox } from '../commands/use-outbox.ts';
import { useLostFocus } from '../ui/use-lost-focus.ts';
import { StatusMark } from '../visits/status-marks.tsx';
import { shortDate } from '../words/format-date.ts';
import { shownEntries, type ShownEntry } from './shown-entries.ts';

interface WaitlistPanelProps {
  readonly view: DayView;
  readonly mayBook: boolean;
  readonly onBook: (entry: WaitlistEntry) => void;
  readonly onRemove: (waitlistEntryId: string) => void;
}

const none: readonly WaitlistEntry[] = [];

/** The waitlist of this clinic. One tap books an entry, or removes it. */
export function WaitlistPanel({ view, mayBook, onBook, onRemove }: WaitlistPanelProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(waitlistQuery(view.site.siteId));
  const outbox = useOutbox();
  const entries = useMemo(() => shownEntries(data ?? none, outbox, view), [data, outbox, view]);
  const panel = useRef<HTMLElement>(null);
  const lostFocus = useLostFocus(() => panel.current?.querySelector('button') ?? panel.current);
  return (
    <aside ref={panel} tabIndex={-1} aria-label={t('waitlist.title')} className="arrivals" {...lostFocus}>
      <h2 className="arrivals-title">
        {t('waitlist.title')} <span className="tabular">{entries.length}</span>
      </h2>
      {error ? (
        <div role="alert" className="px-3 pb-2 text-grid text-soft">
          <p>{t(problemOf(error)?.code === 'unreachable' ? 'waitlist.away' : 'waitlist.failed')}</p>
          <Button className="button button-small mt-2" onPress={() => void refetch()}>
            {t('waitlist.again')}
          </Button>
        </div>
      ) : null}
      {data && entries.length === 0 ? <p className="px-3 pb-2 text-grid text-faint">{t('waitlist.nobody')}</p> : null}
      <ul>
        {entries.map((entry) => (
          <Row
            key={entry.waitlistEntryId}
            entry={entry}
            view={view}
            mayBook={mayBook}
            onBook={onBook}
            onRemove={onRemove}
          />
        ))}
      </ul>
    </aside>
  );
}

function Row({ entry, view, mayBook, onBook, onRemove }: WaitlistPanelProps & { readonly entry: ShownEntry }) {
  const { t } = useTranslation();
  const { patient, serviceName, urgency, note, isProvisional } = entry;
  const { timeZone } = view.site;
  const name = patient?.displayName ?? t('calendar.someone');
  const providers = view.resources
    .filter(({ resourceId }) => entry.providerIds.includes(resourceId))
    .map((resource) => resource.name);
  const lastEnd = Math.max(...entry.windows.map(({ endsAt }) => quarterOf(endsAt)));
  const words = { patient: name, service: serviceName };
  const facts = [
    t('waitlist.since', { date: shortDate(dateAt(quarterDuring(entry.createdAt), timeZone)) }),
    t('waitlist.until', { date: shortDate(dateAt(lastEnd - 1, timeZone)) }),
  ];
  return (
    <li className="waitlist-entry" data-tone={isProvisional ? 'provisional' : undefined}>
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-medium break-words" dir="auto">
          {name}
        </span>
        {urgency === 'routine' ? null : (
          <span className="waitlist-urgency" data-urgency={urgency}>
            {t(`waitlist.urgency.${urgency}`)}
          </span>
        )}
      </p>
      <p className="break-words">
        {serviceName} · {providers.length > 0 ? providers.join(', ') : t('waitlist.anyProvider')}
      </p>
      <p className="text-small text-faint tabular">{facts.join(' · ')}</p>
      {note ? (
        <p className="break-words text-soft" dir="auto">
          {note}
        </p>
      ) : null}
      {isProvisional ? (
        <p className="flex items-center gap-1 text-small">
          <StatusMark tone="provisional" /> {t('status.provisional')}
        </p>
      ) : null}
      {mayBook ? (
        <p className="mt-1.5 flex flex-wrap gap-1.5">
          {patient ? (
            <Button
              className="button button-small"
              aria-label={t('waitlist.bookWho', words)}
              onPress={() => onBook(entry)}
            >
              {t('waitlist.book')}
            </Button>
          ) : null}
          <Button
            className="button button-quiet button-small"
            aria-label={t('waitlist.removeWho', words)}
            onPress={() => onRemove(entry.waitlistEntryId)}
          >
            {t('waitlist.remove')}
          </Button>
        </p>
      ) : null}
    </li>
  );
}
