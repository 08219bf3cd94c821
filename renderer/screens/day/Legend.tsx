import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { StatusMark, statusesInLegend } from '../../visits/status-marks.tsx';

/** The meaning of the colours and marks. */
export const Legend = memo(function Legend() {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('calendar.legend')} className="legend">
      {statusesInLegend.map(({ status, tone }) => (
        <li key={status} className="status-chip" data-tone={tone}>
          <StatusMark tone={tone} size={11} />
          {t(`status.${status}`)}
        </li>
      ))}
    </ul>
  );
});
