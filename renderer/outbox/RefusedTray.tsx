import { ChevronRight, X } from 'lucide-react';
import { useRef } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { openLateClash } from '../commands/clash-store.ts';
import { problemKeyOf } from '../commands/notify.ts';
import type { Sent } from '../commands/pending-commands.ts';
import { showTray, useTrayOpen } from '../commands/tray-store.ts';
import { useRefusals, type Refusal } from '../commands/use-outbox.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { useLostFocus } from '../ui/use-lost-focus.ts';
import { momentWords } from '../words/moment-words.ts';
import { refusedWords } from './refused-words.ts';

interface RefusedTrayProps {
  readonly sites: readonly Site[];
  /** The zone of the clinic on the screen, for the time at which each command was made. */
  readonly timeZone: string;
}

/**
 * The commands that the server refused after this desk had taken them in, oldest first. Each stays until a person decides.
 */
export function RefusedTray(props: RefusedTrayProps) {
  return useTrayOpen() ? <OpenTray {...props} /> : null;
}

function OpenTray({ sites, timeZone }: RefusedTrayProps) {
  const { t } = useTranslation();
  const refusals = useRefusals();
  useFocusBack();
  const inside = useRef<HTMLDivElement>(null);
  // A row disappears with the decision on it. Without a focused element Escape would reach nothing.
  const lostFocus = useLostFocus(
    () => inside.current?.querySelector<HTMLElement>('.tray-row') ?? inside.current?.querySelector('button'),
  );
  const close = () => showTray(false);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      className="overlay tray-overlay"
    >
      <Modal className="panel tray">
        <Dialog className="tray-body outline-none">
          <div ref={inside} className="contents" {...lostFocus}>
            <header className="tray-head">
              <Heading slot="title" className="text-title font-semibold">
                {t('outbox.tray')}
              </Heading>
              <Button
                className="button button-quiet button-icon"
                aria-label={t('outbox.close')}
                autoFocus={refusals.length === 0}
                onPress={close}
              >
                <X aria-hidden size={16} />
              </Button>
            </header>
            <p className="px-4 pb-2 text-grid text-soft">
              {t(refusals.length > 0 ? 'outbox.trayDetail' : 'outbox.trayEmpty')}
            </p>
            <ol className="tray-list">
              {refusals.map((refusal, index) => (
                <li key={refusal.entry.typed.command.commandId}>
                  <Row refusal={refusal} isFirst={index === 0} sites={sites} timeZone={timeZone} />
                </li>
              ))}
            </ol>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Row({
  refusal: { entry, followers },
  isFirst,
  sites,
  timeZone,
}: RefusedTrayProps & { readonly refusal: Refusal; readonly isFirst: boolean }) {
  const { t } = useTranslation();
  const { problem, typed } = entry;
  const types = [...new Set(followers.map((follower) => follower.typed.type))];
  return (
    <Button
      autoFocus={isFirst}
      className="tray-row"
      onPress={() => {
        if (problem) openLateClash(sentOf(entry), problem);
      }}
    >
      <span className="min-w-0 flex-1">
        <span className="block font-medium break-words" dir="auto">
          {refusedWords(entry, sites, t)}
        </span>{' '}
        <span className="block text-grid text-soft">
          {problem ? t(`problems.${problemKeyOf(problem)}.title`) : null}
        </span>{' '}
        {types.map((type) => (
          <span key={type} className="block text-grid text-soft">
            {t(`outbox.followed.${type}`)}{' '}
          </span>
        ))}
        <span className="block text-small text-faint tabular">
          {t('outbox.madeAt', { when: momentWords(typed.command.madeAt, timeZone) })}
        </span>
      </span>
      <ChevronRight aria-hidden size={16} className="shrink-0 text-faint rtl:-scale-x-100" />
    </Button>
  );
}

/** The command as it was sent. `seen` is empty, because no blocker is news any more. */
function sentOf({ typed, expected, patient, problem }: OutboxEntry): Sent {
  const blockers = problem?.code === 'conflict' ? problem.data.blockers : [];
  const seen = new Set(blockers.flatMap((blocker) => ('appointmentId' in blocker ? [blocker.appointmentId] : [])));
  return { typed, expected, patient, seen };
}
