import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { spokenDate } from './format-date.ts';

export function EmptyDay({ date, siteName }: { readonly date: string; readonly siteName: string }) {
  const { t } = useTranslation();
  return (
    <div className="grid h-full place-content-center bg-surface p-8 text-center">
      <p className="text-[15px] font-semibold">{t('calendar.empty', { date: spokenDate(date) })}</p>
      <p className="text-soft">{t('calendar.emptyDetail', { site: siteName })}</p>
    </div>
  );
}

export function FailedDay({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <main
      role="alert"
      className="grid flex-1 place-content-center justify-items-center gap-1 bg-surface p-8 text-center"
    >
      <p className="text-[15px] font-semibold">{t('calendar.failed')}</p>
      <p className="text-soft">{t('calendar.failedDetail')}</p>
      <Button className="button mt-3" onPress={onRetry}>
        {t('calendar.retry')}
      </Button>
    </main>
  );
}
