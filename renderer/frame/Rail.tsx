import { CalendarDays } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import mark from '../theme/holdfast.svg';

/** Where one can go. Only what is there: an entry that leads nowhere is worse than none. */
export function Rail() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('frame.rail')} className="rail">
      <img src={mark} alt="Holdfast" width={26} height={26} className="mb-3" />
      <a href="#/day" aria-current="page" className="rail-entry" onClick={(event) => event.preventDefault()}>
        <CalendarDays aria-hidden size={18} />
        {t('frame.day')}
      </a>
    </nav>
  );
}
