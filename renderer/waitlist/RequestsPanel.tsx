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
import { shownRequests, type ShownRequest } from './requests.ts';

interface RequestsPanelProps {
  readonly view: DayView;
  readonly mayBook: boolean;
  readonly onBook: (request: WaitlistEntry) => void;
  readonly onRemove: (waitlistEntryId: string) => void;
}

const none: readonly WaitlistEntry[] = [];

/** Who waits for a time at this clinic: one tap books, or takes them off the list. */
export function RequestsPanel({ view, mayBook, onBook, onRemove }: RequestsPanelProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(waitlistQuery(view.site.siteId));
  const outbox = useOutbox();
  const requests = useMemo(() => shownRequests(data ?? none, outbox, view), [data, outbox, view]);
  const panel = useRef<HTMLElement>(null);
  const lostFocus = useLostFocus(() => panel.current?.querySelector('button') ?? panel.current);
  return (
    <aside ref={panel} tabIndex={-1} aria-label={t('requests.title')} className="arrivals" {...lostFocus}>
      <h2 className="arrivals-title">
        {t('requests.title')} <span className="tabular">{requests.length}</span>
      </h2>
      {error ? (
        <div role="alert" className="px-3 pb-2 text-grid text-soft">
          <p>{t(problemOf(error)?.code === 'unreachable' ? 'requests.away' : 'requests.failed')}</p>
          <Button className="button button-small mt-2" onPress={() => void refetch()}>
            {t('requests.again')}
          </Button>
        </div>
      ) : null}
      {data && requests.length === 0 ? <p className="px-3 pb-2 text-grid text-faint">{t('requests.nobody')}</p> : null}
      <ul>
        {requests.map((request) => (
          <Row
            key={request.waitlistEntryId}
            request={request}
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

function Row({ request, view, mayBook, onBook, onRemove }: RequestsPanelProps & { readonly request: ShownRequest }) {
  const { t } = useTranslation();
  const { patient, serviceName, urgency, note, isProvisional } = request;
  const { timeZone } = view.site;
  const name = patient?.displayName ?? t('calendar.someone');
  const providers = view.resources
    .filter(({ resourceId }) => request.providerIds.includes(resourceId))
    .map((resource) => resource.name);
  const lastEnd = Math.max(...request.windows.map(({ endsAt }) => quarterOf(endsAt)));
  const words = { patient: name, service: serviceName };
  const facts = [
    t('requests.since', { date: shortDate(dateAt(quarterDuring(request.createdAt), timeZone)) }),
    t('requests.until', { date: shortDate(dateAt(lastEnd - 1, timeZone)) }),
  ];
  return (
    <li className="request" data-tone={isProvisional ? 'provisional' : undefined}>
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-medium break-words" dir="auto">
          {name}
        </span>
        {urgency === 'routine' ? null : (
          <span className="request-urgency" data-urgency={urgency}>
            {t(`requests.urgency.${urgency}`)}
          </span>
        )}
      </p>
      <p className="break-words">
        {serviceName} · {providers.length > 0 ? providers.join(', ') : t('requests.anyProvider')}
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
              aria-label={t('requests.bookWho', words)}
              onPress={() => onBook(request)}
            >
              {t('requests.book')}
            </Button>
          ) : null}
          <Button
            className="button button-quiet button-small"
            aria-label={t('requests.removeWho', words)}
            onPress={() => onRemove(request.waitlistEntryId)}
          >
            {t('requests.remove')}
          </Button>
        </p>
      ) : null}
    </li>
  );
}
