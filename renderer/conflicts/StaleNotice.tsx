import { useQuery } from '@tanstack/react-query';
import { Button, Heading, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import type { Problem } from '../../core/contract/problem.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { dateAt } from '../../core/domain/time/zoned.ts';
import { dayQuery } from '../api/queries.ts';
import type { Clash } from '../commands/clash-store.ts';
import { resolveRefusal } from '../commands/resolve-refusal.ts';
import type { Spotlight } from '../visits/spotlight.ts';
import { whenWords } from '../words/when-words.ts';
import { Followers } from './Followers.tsx';

interface StaleNoticeProps {
  readonly clash: Clash;
  readonly problem: Extract<Problem, { code: 'stale-version' | 'status-conflict' }>;
  readonly followers: readonly OutboxEntry[];
  readonly sites: readonly Site[];
  readonly onShow: (siteId: string, spotlight: Omit<Spotlight, 'key'>) => void;
  readonly onClose: () => void;
}

/** Somebody else changed the visit first: its present state, and a way to it. */
export function StaleNotice({ clash, problem, followers, sites, onShow, onClose }: StaleNoticeProps) {
  const { t } = useTranslation();
  const { current } = problem.data;
  const timeZone = sites.find(({ siteId }) => siteId === current.siteId)?.timeZone ?? 'UTC';
  const quarter = quarterOf(current.scheduledStart);
  const date = dateAt(quarter, timeZone);
  const view = useQuery(dayQuery(current.siteId, date)).data?.view;
  const isStale = problem.code === 'stale-version';
  const { commandId, undoes } = clash.entry.typed.command;
  const provider = view?.resources.find(({ resourceId }) => resourceId === current.providerId)?.name ?? '…';
  const patient = view?.patients.find(({ patientId }) => patientId === current.patientId)?.displayName;
  return (
    <>
      <Heading slot="title" className="text-[1.0625rem] leading-6 font-semibold">
        {t(undoes ? 'conflict.stale.undoTitle' : isStale ? 'conflict.stale.title' : 'conflict.stale.statusTitle')}
      </Heading>
      <Text slot="description" elementType="div">
        <p className="mt-1 text-soft">{t(isStale ? 'conflict.stale.detail' : 'conflict.stale.statusDetail')}</p>
        <p className="mt-3 border-s-2 border-line-strong ps-3 tabular">
          {patient ? (
            <span className="block font-semibold" dir="auto">
              {patient}
            </span>
          ) : null}
          {t('conflict.stale.now', {
            when: whenWords(current.scheduledStart, timeZone, null),
            minutes: current.durationMinutes,
            provider,
            status: t(`status.${current.status}`),
          })}
        </p>
        <Followers followers={followers} />
      </Text>
      <div className="mt-4 flex gap-2">
        <Button
          autoFocus
          className="button button-solid"
          onPress={() => {
            // A person who acted just now knows the command. A command from earlier stays in the tray until the person
            // decides.
            if (!clash.isLate) void resolveRefusal(commandId, 'discarded');
            onShow(current.siteId, {
              date,
              quarter,
              appointmentIds: [current.appointmentId],
              opens: current.appointmentId,
            });
          }}
        >
          {t('conflict.stale.look')}
        </Button>
        <Button
          className="button button-quiet"
          onPress={() => {
            onClose();
            void resolveRefusal(commandId, 'discarded');
          }}
        >
          {t('outbox.discard')}
        </Button>
      </div>
    </>
  );
}
