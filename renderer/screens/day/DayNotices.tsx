import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { ResourceKind } from '../../../core/domain/terms.ts';
import { problemOf } from '../../api/desk.ts';
import { spokenDate } from '../../words/format-date.ts';

function Notice({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-1 bg-surface p-8 text-center">
      <p className="text-[0.9375rem] font-semibold">{title}</p>
      <p className="text-soft">{detail}</p>
      {children}
    </div>
  );
}

interface EmptyDayProps {
  readonly date: string;
  readonly siteName: string;
  readonly kind: ResourceKind;
}

export function EmptyDay({ date, siteName, kind }: EmptyDayProps) {
  const { t } = useTranslation();
  const words = { date: spokenDate(date), site: siteName };
  return <Notice title={t(`calendar.empty.${kind}`, words)} detail={t('calendar.emptyDetail', words)} />;
}

/** The filter hides every column of the day. */
export function NoColumns({ kind, onShowAll }: { readonly kind: ResourceKind; readonly onShowAll: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice title={t(`calendar.noColumns.${kind}`)} detail={t('calendar.noColumnsDetail')}>
      <Button className="button mt-3" onPress={onShowAll}>
        {t('calendar.showAll')}
      </Button>
    </Notice>
  );
}

interface FailedDayProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

export function FailedDay({ error, onRetry }: FailedDayProps) {
  const { t } = useTranslation();
  const isNotKept = problemOf(error)?.code === 'not-kept';
  return (
    <main className="min-w-0 flex-1">
      <div role="alert" className="h-full">
        <Notice
          title={t(isNotKept ? 'calendar.notKept' : 'calendar.failed')}
          detail={t(isNotKept ? 'calendar.notKeptDetail' : 'calendar.failedDetail')}
        >
          <Button className="button mt-3" onPress={onRetry}>
            {t('calendar.retry')}
          </Button>
        </Notice>
      </div>
    </main>
  );
}
