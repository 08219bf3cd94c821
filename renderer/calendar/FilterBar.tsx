import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { StatusMark, statusesInLegend } from './status-marks.tsx';

interface FilterBarProps {
  readonly offCount: number;
  readonly isShowingOff: boolean;
  readonly onShowOff: (isShowing: boolean) => void;
  /** The last reading failed: what is shown may be old. */
  readonly isOld: boolean;
  readonly onRetry: () => void;
}

/** What the colours mean, and who is left out. */
export function FilterBar({ offCount, isShowingOff, onShowOff, isOld, onRetry }: FilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="filter-bar">
      <ul aria-label={t('calendar.legend')} className="flex min-w-0 flex-1 items-center gap-1.5 overflow-hidden">
        {statusesInLegend.map((status) => (
          <li key={status} className="status-chip" data-status={status}>
            <StatusMark status={status} size={11} />
            {t(`status.${status}`)}
          </li>
        ))}
      </ul>
      {isOld ? (
        <span role="alert" className="flex items-center gap-2 text-small text-warn">
          {t('calendar.old')}
          <Button className="button button-small" onPress={onRetry}>
            {t('calendar.retry')}
          </Button>
        </span>
      ) : null}
      {offCount > 0 ? (
        <Button className="button button-quiet button-small text-soft" onPress={() => onShowOff(!isShowingOff)}>
          {isShowingOff ? t('calendar.hideOff') : t('calendar.showOff', { count: offCount })}
        </Button>
      ) : null}
    </div>
  );
}
