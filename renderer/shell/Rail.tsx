import { useQuery } from '@tanstack/react-query';
import { CalendarDays, ListTodo } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { waitlistQuery } from '../api/queries.ts';
import { frameKeys } from '../routes/shortcuts.ts';
import { Mark } from '../ui/Mark.tsx';

interface RailProps {
  readonly siteId: string;
  readonly isWaitlistShown: boolean;
  readonly onWaitlist: (areShown: boolean) => void;
}

/** The places of the app. Only existing places are listed: an entry that leads nowhere is worse than none. */
export function Rail({ siteId, isWaitlistShown, onWaitlist }: RailProps) {
  const { t } = useTranslation();
  const count = useQuery(waitlistQuery(siteId)).data?.length ?? 0;
  return (
    <nav aria-label={t('frame.rail')} className="rail">
      <Mark size={26} className="mb-3" label="Holdfast" />
      <a href="#/day" aria-current="page" className="rail-entry" onClick={(event) => event.preventDefault()}>
        <CalendarDays aria-hidden size={18} />
        {t('frame.day')}
      </a>
      <button
        type="button"
        className="rail-entry"
        aria-pressed={isWaitlistShown}
        aria-keyshortcuts={frameKeys.waitlist}
        onClick={() => onWaitlist(!isWaitlistShown)}
      >
        <ListTodo aria-hidden size={18} />
        {t('waitlist.title')}
        {count > 0 ? <span className="rail-count tabular">{count}</span> : null}
      </button>
    </nav>
  );
}
