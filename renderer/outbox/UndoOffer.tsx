import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';

import type { Site } from '../../core/calendar/calendar.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { wallTimeAt } from '../../core/domain/time/zoned.ts';
import { takeBack } from '../commands/take-back.ts';
import { undoableTypeOf } from '../commands/undo-of.ts';
import { forgetUndo, latestUndoable, useUndoStack, type Undoable } from '../commands/undo-stack.ts';
import { givesTimeBack } from '../commands/visit-actions.ts';

const toastIdOf = ({ sent }: Undoable) => `undo-${sent.typed.command.commandId}`;

/** Names the last command that can be taken back for ten seconds, with a button that takes it back. */
export function UndoOffer({ sites }: { readonly sites: readonly Site[] }) {
  const { t } = useTranslation();
  const stack = useUndoStack();
  const shown = useRef<string | null>(null);
  useEffect(() => forgetUndo, []);

  useEffect(() => {
    const latest = latestUndoable(stack);
    const next = latest?.answer ? toastIdOf(latest) : null;
    if (shown.current !== null && shown.current !== next) toast.dismiss(shown.current);
    shown.current = next;
    if (!latest?.answer) return;
    const { sent, answer } = latest;
    const type = undoableTypeOf(sent);
    const visit = sent.expected ?? sent.before;
    if (!type || !visit) return;
    const timeZone = sites.find(({ siteId }) => siteId === visit.siteId)?.timeZone ?? 'UTC';
    const words = {
      time: wallTimeAt(quarterOf(visit.scheduledStart), timeZone),
      patient: sent.patient?.displayName ?? t('calendar.someone'),
    };
    toast(t(`undo.did.${type}`, words), {
      id: toastIdOf(latest),
      description: answer === 'waiting' ? t('undo.waiting') : givesTimeBack(type) ? t('undo.freed') : undefined,
      duration: latest.until - performance.now(),
      action: { label: t('undo.button'), onClick: () => void takeBack(latest) },
    });
  }, [stack, sites, t]);

  return null;
}
