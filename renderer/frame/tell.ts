import { toast } from 'sonner';

import type { Appointment } from '../../core/contract/appointment.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import type { PendingCommand } from '../bookings/overlay.ts';
import { i18n } from '../i18n/i18n.ts';
import { announce } from './announcer.tsx';

/** What happened, what is safe, what to do: one sentence each, by the problem's code. */
export function tellProblem(problem: DeskProblem): void {
  const code = problem.code === 'refused' ? (`refused-${problem.data.reason}` as const) : problem.code;
  toast.error(i18n.t(`problems.${code}.title`), {
    description: i18n.t(`problems.${code}.detail`),
    duration: 12_000,
  });
}

export function tellUnanswered(tryAgain: () => void): void {
  toast.error(i18n.t('problems.unanswered.title'), {
    description: i18n.t('problems.unanswered.detail'),
    duration: Number.POSITIVE_INFINITY,
    action: { label: i18n.t('problems.unanswered.again'), onClick: tryAgain },
  });
}

/** The calendar shows what was done; only what it takes away, or hardly shows, is also said in a toast. */
export function tellDone({ typed }: PendingCommand, appointment: Appointment | null): void {
  if (appointment) announce(i18n.t(`done.${typed.type}`));
  if (typed.type === 'cancel' || typed.type === 'raise-capacity') toast(i18n.t(`done.${typed.type}`));
}

/** The Electron shell loads a page that stopped again by `?restarted`: what was being typed is gone, nothing else. */
export function tellRestarted(): void {
  if (location.search !== '?restarted') return;
  history.replaceState(history.state, '', `${location.pathname}${location.hash}`);
  toast.warning(i18n.t('frame.restarted.title'), {
    description: i18n.t('frame.restarted.detail'),
    duration: 12_000,
  });
}
