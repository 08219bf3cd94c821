import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import { dayQuery } from '../api/queries.ts';
import { momentWords } from '../words/moment-words.ts';

interface AsOfProps {
  readonly site: Site;
  /** The date of the day on the screen. */
  readonly date: string;
}

/**
 * Says beside the pill that the day on the screen may lack changes by others. The note comes and goes without moving
 * anything.
 */
export function AsOf({ site, date }: AsOfProps) {
  const { t } = useTranslation();
  const asOf = useQuery(dayQuery(site.siteId, date)).data?.asOf ?? null;
  return (
    <span role="status" className="text-small font-medium text-warn tabular empty:hidden">
      {asOf === null ? null : (
        <span className="flex items-center gap-1" title={t('desk.asOfDetail')}>
          <History aria-hidden size={13} className="shrink-0" />
          {t('desk.asOf', { when: momentWords(asOf, site.timeZone) })}
          <span className="sr-only"> {t('desk.asOfDetail')}</span>
        </span>
      )}
    </span>
  );
}
