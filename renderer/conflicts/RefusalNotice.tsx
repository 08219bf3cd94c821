import { Button, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import type { Problem } from '../../core/contract/problem.ts';
import type { Clash } from '../commands/clash-store.ts';
import { problemKeyOf } from '../commands/notify.ts';
import { resolveRefusal } from '../commands/resolve-refusal.ts';
import { refusedWords } from '../outbox/refused-words.ts';
import { Followers } from './Followers.tsx';

interface RefusalNoticeProps {
  readonly clash: Clash;
  readonly problem: Problem;
  readonly followers: readonly OutboxEntry[];
  readonly sites: readonly Site[];
  readonly onClose: () => void;
}

/** A refusal in the tray that no other time would solve: the command, the reason, and that nothing was done. */
export function RefusalNotice({ clash, problem, followers, sites, onClose }: RefusalNoticeProps) {
  const { t } = useTranslation();
  const { typed } = clash.entry;
  const key = problemKeyOf(problem);
  const isFollower = key === 'refused-parent-refused';
  return (
    <>
      <Heading slot="title" className="text-[1.0625rem] leading-6 font-semibold">
        {isFollower ? t(`outbox.followed.${typed.type}`) : t(`problems.${key}.title`)}
      </Heading>
      <p className="mt-1 text-soft">{t(`problems.${key}.detail`)}</p>
      <p className="mt-3 border-s-2 border-line-strong ps-3 tabular">{refusedWords(clash.entry, sites, t)}</p>
      <Followers followers={followers} />
      <div className="mt-4 flex gap-2">
        <Button
          autoFocus
          className="button"
          onPress={() => {
            onClose();
            void resolveRefusal(typed.command.commandId, 'discarded');
          }}
        >
          {t('outbox.discard')}
        </Button>
        <Button className="button button-quiet" onPress={onClose}>
          {t('outbox.later')}
        </Button>
      </div>
    </>
  );
}
