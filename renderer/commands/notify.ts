import { toast } from 'sonner';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import { i18n } from '../i18n/i18n.ts';
import { announce } from '../ui/announcer.tsx';
import type { Sent } from './pending-commands.ts';
import { refusedMessage, showTray } from './tray-store.ts';

/** What happened, what is safe, what to do: one sentence each, by the problem's code. */
export function notifyProblem(problem: DeskProblem): void {
  const key = problemKeyOf(problem);
  toast.error(i18n.t(`problems.${key}.title`), {
    description: i18n.t(`problems.${key}.detail`),
    duration: 12_000,
  });
}

/** Which of `problems` in the words of the screen says it. */
export function problemKeyOf(problem: DeskProblem) {
  return problem.code === 'refused' ? (`refused-${problem.data.reason}` as const) : problem.code;
}

export function notifyUnanswered(tryAgain: () => void): void {
  toast.error(i18n.t('problems.unanswered.title'), {
    description: i18n.t('problems.unanswered.detail'),
    duration: Number.POSITIVE_INFINITY,
    action: { label: i18n.t('problems.unanswered.again'), onClick: tryAgain },
  });
}

/** The calendar shows what was done, and the undo says it; what neither does is also said in a toast. */
export function notifyDone({ typed }: Sent, appointment: Appointment | null): void {
  const words = i18n.t(typed.command.undoes === undefined ? `done.${typed.type}` : 'undo.done');
  if (appointment) announce(words);
  if (typed.type === 'raise-capacity' || typed.type === 'join-waitlist') toast(words);
}

/** It is safe on this desk's disk, and will be sent. */
export function notifyWaiting({ typed }: Sent): void {
  announce(i18n.t('outbox.kept'));
  if (typed.type === 'raise-capacity' || typed.type === 'join-waitlist') toast(i18n.t('outbox.kept'));
}

/** However many were refused: one message, and the way to them. */
export function notifyRefusedLater(): void {
  toast.warning(i18n.t('outbox.refusedLater'), {
    id: refusedMessage,
    description: i18n.t('outbox.refusedLaterDetail'),
    duration: 12_000,
    action: { label: i18n.t('outbox.look'), onClick: () => showTray(true) },
  });
}

/** The Electron shell loads a page that stopped again by `?restarted`: what was being typed is gone, nothing else. */
export function notifyRestarted(): void {
  if (location.search !== '?restarted') return;
  history.replaceState(history.state, '', `${location.pathname}${location.hash}`);
  toast.warning(i18n.t('frame.restarted.title'), {
    description: i18n.t('frame.restarted.detail'),
    duration: 12_000,
  });
}
