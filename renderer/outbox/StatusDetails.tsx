import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { DeskStatus } from '../../core/contract/desk/status.ts';
import { momentWords } from '../words/moment-words.ts';
import { saveDiagnostics } from './save-diagnostics.ts';

interface StatusDetailsProps {
  readonly status: DeskStatus;
  /** The number of refusals that a person must deal with. */
  readonly refusals: number;
  readonly timeZone: string;
  readonly onTray: () => void;
}

/** The pill's state in sentences: what is so, what is safe, what to do. */
export function StatusDetails({ status, refusals, timeZone, onTray }: StatusDetailsProps) {
  const { t } = useTranslation();
  const { connection, offlineSince, waiting, caughtUpAt, reading, mismatch, rebuilt } = status;
  const save = useMutation({ mutationFn: saveDiagnostics });
  const when = (instant: string) => momentWords(instant, timeZone);
  return (
    <>
      <div className="p-4 pb-3">
        <p className="font-semibold tabular">
          {connection === 'offline' && offlineSince
            ? t('desk.since', { when: when(offlineSince) })
            : t(`desk.words.${connection}`)}
        </p>
        <p className="mt-1 text-grid text-soft">{t(`desk.${connection}`)}</p>
        {mismatch ? <Notice>{t(`desk.mismatch.${mismatch.update}`)}</Notice> : null}
        {rebuilt ? (
          <Notice>
            {t('desk.rebuilt.title', { when: when(rebuilt.at) })}{' '}
            {rebuilt.salvaged > 0
              ? t('desk.rebuilt.salvaged', { count: rebuilt.salvaged })
              : t('desk.rebuilt.salvagedNone')}{' '}
            {rebuilt.lost === null
              ? t('desk.rebuilt.lostUnknown')
              : rebuilt.lost > 0
                ? t('desk.rebuilt.lost', { count: rebuilt.lost })
                : null}
          </Notice>
        ) : null}
        <dl className="status-facts tabular">
          <dt>{t('desk.waiting')}</dt>
          <dd>{waiting > 0 ? t('desk.changes', { count: waiting }) : t('desk.waitingNone')}</dd>
          <dt>{t('desk.refused')}</dt>
          <dd>
            {refusals > 0 ? (
              <Button className="button button-small" onPress={onTray}>
                {t('outbox.badge', { count: refusals })} · {t('outbox.look')}
              </Button>
            ) : (
              t('desk.waitingNone')
            )}
          </dd>
          <dt>{t('desk.caughtUp')}</dt>
          <dd>{caughtUpAt ? when(caughtUpAt) : t('desk.notYet')}</dd>
          {reading ? (
            <>
              <dt>{t('desk.reading')}</dt>
              <dd>{t('desk.readingDays', reading)}</dd>
            </>
          ) : null}
        </dl>
      </div>
      <div className="border-t border-line p-3">
        {/* A disabled button would lose the focus, and Escape would no longer close the details. */}
        <Button
          className="button button-small"
          onPress={() => {
            if (!save.isPending) save.mutate();
          }}
        >
          <Download aria-hidden size={14} /> {t('desk.diagnostics')}
        </Button>
        <p className="mt-1.5 text-small text-soft">{t('desk.diagnosticsDetail')}</p>
        <p role="alert" className="text-small text-alarm empty:hidden">
          {save.isError ? t('desk.diagnosticsFailed') : null}
        </p>
      </div>
    </>
  );
}

function Notice({ children }: { readonly children: ReactNode }) {
  return <p className="status-notice">{children}</p>;
}
