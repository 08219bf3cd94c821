import { useId } from 'react';
import { Button, DialogTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { DeskStatus } from '../../core/contract/desk/status.ts';
import { useDeskStatus } from '../api/status.ts';
import { showTray } from '../commands/tray-store.ts';
import { useRefusals } from '../commands/use-outbox.ts';
import { frameKeys } from '../routes/shortcuts.ts';
import { PopoverDialog } from '../ui/PopoverDialog.tsx';
import { momentWords } from '../words/moment-words.ts';
import { StatusDetails } from './StatusDetails.tsx';

interface StatusPillProps {
  readonly timeZone: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/**
 * The pill: whether the server is reached, since when not, how many commands wait, how many were refused. A click opens
 * details.
 */
export function StatusPill({ timeZone, isOpen, onOpen }: StatusPillProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const status = useDeskStatus();
  const refusals = useRefusals().length;
  const words = useConnectionWords(status, timeZone);
  const waiting = status.waiting > 0 ? t('desk.waiting', { count: status.waiting }) : null;
  const state = status.mismatch ? 'mismatch' : status.connection;
  return (
    <div className="flex items-center gap-1">
      {refusals > 0 ? (
        <Button className="button button-small refused-badge tabular" onPress={() => showTray(true)}>
          {t('outbox.badge', { count: refusals })}
        </Button>
      ) : null}
      {/* Only the words are announced: a count at each booking would talk into every phone call. */}
      <span role="status" className="sr-only">
        {words}
      </span>
      <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
        <Button
          className="button button-quiet button-small connection"
          data-state={state}
          aria-keyshortcuts={frameKeys.connection}
          aria-label={t('desk.open', { words: [words, waiting].filter((part) => part !== null).join(', ') })}
        >
          <span aria-hidden className="connection-dot" />
          {/* A blank, so that the text of the pill stands in its name. */}
          <span>{words}</span> {waiting ? <span className="connection-waiting tabular">{waiting}</span> : null}
        </Button>
        <PopoverDialog titleId={titleId} className="status-details" align="end">
          <h2 id={titleId} className="sr-only">
            {t('desk.title')}
          </h2>
          <StatusDetails
            status={status}
            refusals={refusals}
            timeZone={timeZone}
            onTray={() => {
              onOpen(false);
              showTray(true);
            }}
          />
        </PopoverDialog>
      </DialogTrigger>
    </div>
  );
}

function useConnectionWords({ connection, offlineSince, mismatch, reading }: DeskStatus, timeZone: string): string {
  const { t } = useTranslation();
  if (mismatch) return t('desk.mismatch.pill');
  if (connection === 'offline' && offlineSince) return t('desk.since', { when: momentWords(offlineSince, timeZone) });
  if (connection === 'online' && reading) return `${t('desk.words.online')} · ${t('desk.reading')}…`;
  return t(`desk.words.${connection}`);
}
