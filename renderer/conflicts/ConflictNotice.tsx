import { CalendarSearch } from 'lucide-react';
import { useState } from 'react';
import { Button, Heading, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { AlternativeView, BlockerView, Conflict } from '../../core/calendar/conflict.ts';
import { definitionOf, takesSlots } from '../../core/commands/list.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import { RaiseCapacityForm } from '../bookings/RaiseCapacityForm.tsx';
import type { Clash } from '../commands/clash-store.ts';
import type { Identity } from '../commands/make-command.ts';
import { resolveRefusal } from '../commands/resolve-refusal.ts';
import type { FreshProblem } from '../commands/use-fresh-problem.ts';
import type { Spotlight } from '../visits/spotlight.ts';
import { blockerWords } from '../words/blocker-words.ts';
import { whenWords } from '../words/when-words.ts';
import { Followers } from './Followers.tsx';
import { keepOnWaitlist } from './keep-on-waitlist.ts';
import { raiseAndAskAgain, raisableBlocker } from './raise-and-ask-again.ts';
import { takeAlternative } from './rebook.ts';

interface ConflictNoticeProps {
  readonly clash: Clash;
  readonly conflict: Conflict;
  readonly freshness: FreshProblem['freshness'];
  readonly followers: readonly OutboxEntry[];
  readonly identity: Identity;
  readonly sites: readonly Site[];
  readonly mayRaise: boolean;
  readonly onShow: (siteId: string, spotlight: Omit<Spotlight, 'key'>) => void;
  readonly onClose: () => void;
}

/** The asked placement, all blockers, and one tap for each way out. */
export function ConflictNotice(props: ConflictNoticeProps) {
  const { clash, conflict, freshness, followers, identity, sites, mayRaise, onShow, onClose } = props;
  const { t } = useTranslation();
  const [isRaising, setRaising] = useState(false);
  const { asked, blockers, alternatives } = conflict;
  const timeZone = sites.find(({ siteId }) => siteId === asked.siteId)?.timeZone ?? 'UTC';
  const start = quarterOf(asked.scheduledStart);
  const date = dateAt(start, timeZone);
  const { type, command } = clash.entry.typed;
  const isMove = definitionOf(type).takesSlots === 'elsewhere';
  const kind = command.undoes === undefined ? (isMove ? 'Move' : 'Book') : 'Undo';
  const words = {
    time: wallTimeAt(start, timeZone),
    when: whenWords(asked.scheduledStart, timeZone, null),
    provider: asked.providerName,
    service: asked.serviceName,
    minutes: asked.durationMinutes,
    patient: clash.entry.patient?.displayName ?? '',
  };
  const raisable = mayRaise ? raisableBlocker(blockers) : null;
  const { patientId } = asked;
  const isNews = (blocker: BlockerView) => 'appointmentId' in blocker && !clash.entry.seen.has(blocker.appointmentId);

  function take(alternative: AlternativeView) {
    onClose();
    void takeAlternative(identity, clash, alternative);
  }

  return (
    <>
      <Heading slot="title" className="text-[1.0625rem] leading-6 font-semibold">
        {t(`conflict.title${kind}`, words)}
      </Heading>
      {/* A screen reader reads this when the alert dialog opens, blockers included. */}
      <Text slot="description" elementType="div">
        <p className="mt-1 text-soft">
          {t(clash.entry.patient ? 'conflict.askedFor' : 'conflict.asked', words)}{' '}
          {takesSlots(type) ? t(`conflict.unchanged.${type}`) : null}
        </p>
        <p className="sr-only">{t('conflict.inTheWay')}:</p>
        <ul className="mt-3 grid gap-1 border-s-2 border-alarm ps-3">
          {[...new Set(blockers.map((blocker) => blockerWords(blocker, timeZone, t, isNews(blocker))))].map(
            (sentence) => (
              <li key={sentence}>{sentence}</li>
            ),
          )}
        </ul>
        <Followers followers={followers} />
      </Text>
      {isRaising && raisable ? (
        <RaiseCapacityForm
          words={{
            provider: raisable.resourceName,
            from: wallTimeAt(quarterOf(raisable.startsAt), timeZone),
            until: wallTimeAt(quarterOf(raisable.endsAt), timeZone),
            capacity: 2,
          }}
          onRaise={(reason) => {
            onClose();
            void raiseAndAskAgain(identity, clash, raisable, timeZone, reason);
          }}
          onBack={() => setRaising(false)}
        />
      ) : (
        <>
          <p className="mt-4 font-medium" role="status">
            {freshness === 'looking'
              ? t('outbox.looking')
              : t(alternatives.length > 0 ? 'conflict.free' : 'conflict.noneFree')}
          </p>
          {freshness === 'old' ? <p className="text-grid text-soft">{t('outbox.notFresh')}</p> : null}
          <div className="mt-2 grid gap-1.5">
            {(freshness === 'looking' ? [] : alternatives).map((alternative, index) => (
              <Button
                key={`${alternative.scheduledStart} ${alternative.providerId} ${alternative.roomId ?? ''}`}
                autoFocus={index === 0}
                className="button h-auto justify-start py-1.5 text-start whitespace-normal tabular"
                onPress={() => take(alternative)}
              >
                {alternativeWords(alternative)}
              </Button>
            ))}
          </div>
          <div className="mt-4 flex flex-wrap gap-2">
            {patientId !== null && !isMove ? (
              <Button
                autoFocus={freshness !== 'looking' && alternatives.length === 0}
                className="button"
                onPress={() => {
                  onClose();
                  void keepOnWaitlist(identity, clash, { ...asked, patientId }, timeZone);
                }}
              >
                {t('outbox.keepOnWaitlist')}
              </Button>
            ) : null}
            <Button
              autoFocus={freshness !== 'looking' && alternatives.length === 0 && isMove}
              className="button"
              onPress={() =>
                onShow(asked.siteId, {
                  date,
                  quarter: start,
                  appointmentIds: blockers.flatMap((blocker) =>
                    'appointmentId' in blocker ? [blocker.appointmentId] : [],
                  ),
                  opens: null,
                })
              }
            >
              <CalendarSearch aria-hidden size={15} /> {t('conflict.show')}
            </Button>
            {raisable ? (
              <Button className="button" onPress={() => setRaising(true)}>
                {t('conflict.raise')}
              </Button>
            ) : null}
            <Button
              className="button button-quiet ms-auto"
              onPress={() => {
                onClose();
                void resolveRefusal(command.commandId, 'discarded');
              }}
            >
              {t('outbox.discard')}
            </Button>
          </div>
        </>
      )}
    </>
  );

  function alternativeWords(alternative: AlternativeView): string {
    const when = whenWords(alternative.scheduledStart, timeZone, date);
    const takes = [alternative.roomName, alternative.equipmentName].filter((name) => name !== null);
    const sentence = t(isMove ? 'conflict.move' : 'conflict.book', { when, provider: alternative.providerName });
    return [sentence, ...takes].join(' · ');
  }
}
