import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { sessionQuery } from '../api/queries.ts';

/** Says on every screen of the demo clinic that nothing real belongs into it. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { data } = useQuery(sessionQuery);
  if (!data?.isDemo && !data?.person?.isDemo) return null;
  return (
    <p role="note" className="demo-banner">
      {t('frame.demo')}
    </p>
  );
}
