import { useTranslation } from 'react-i18next';

import { useConnection } from '../api/live-events.ts';
import { usePending } from '../bookings/pending-commands.ts';

/** Whether the server is there, and how much waits for it. */
export function ConnectionPill() {
  const { t } = useTranslation();
  const state = useConnection();
  const waiting = usePending().filter(({ phase }) => phase === 'waiting').length;
  return (
    <span role="status" className="connection" data-state={state} title={t(`frame.connection.${state}.detail`)}>
      <span aria-hidden className="connection-dot" />
      {t(`frame.connection.${state}.word`)}
      {waiting > 0 ? <span className="tabular"> · {t('frame.waiting', { count: waiting })}</span> : null}
    </span>
  );
}
