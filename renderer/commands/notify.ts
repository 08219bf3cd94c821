import { toast } from 'sonner';

import type { Appointment } from '../../core/calendar/appointment.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import type { TransitionType } from '../../core/domain/bookings/transitions.ts';
import type { AppointmentStatus } from '../../core/domain/statuses.ts';
import { i18n } from '../i18n/i18n.ts';
import { announce } from '../ui/announcer.tsx';
import type { Sent } from './pending-commands.ts';
import { refusedMessage, showTray } from './tray-store.ts';
import type { Obstacle } from './visit-actions.ts';

/** A toast with one sentence each for what happened, what is safe and what to do, by the problem's code. */
export function notifyProblem(problem: DeskProblem): void {
  const key = problemKeyOf(problem);
  toast.error(i18n.t(`problems.${key}.title`), {
    description: i18n.t(`problems.${key}.detail`),
    duration: 12_000,
  });
}

/** Says why a key of the calendar changes nothing, on the screen and to a screen reader. */
export function notifyObstacle(obstacle: Obstacle, type: TransitionType, status: AppointmentStatus): void {
  const { title, detail } = obstacleWords(obstacle, type, status);
  announce(`${title}. ${detail}`);
  toast(title, { id: 'obstacle', description: detail });
}

function obstacleWords(obstacle: Obstacle, type: TransitionType, status: AppointmentStatus) {
  const words = (key: 'forbidden' | 'refused-not-today' | 'refused-not-begun') => ({
    title: i18n.t(`problems.${key}.title`),
    detail: i18n.t(`problems.${key}.detail`),
  });
  switch (obstacle) {
    case 'forbidden':
      return words('forbidden');
    case 'not-today':
      return words('refused-not-today');
    case 'not-begun':
      return words('refused-not-begun');
    case 'already':
    case 'not-allowed':
      return {
        title: i18n.t('visit.unfit', { action: i18n.t(`visit.act.${type}`) }),
        detail: i18n.t('visit.unfitDetail', { status: i18n.t(`status.${status}`) }),
      };
  }
}

/** The key of the problem's words under `problems`. */
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

/**
 * Announces a command that is done. The calendar and the undo show most commands; the two that neither shows get a toast
 * too.
 */
export function notifyDone({ typed }: Sent, appointment: Appointment | null): void {
  const words = i18n.t(typed.command.undoes === undefined ? `done.${typed.type}` : 'undo.done');
  if (appointment) announce(words);
  if (typed.type === 'raise-capacity' || typed.type === 'join-waitlist') toast(words);
}

/** Announces that the command is safe on this desk's disk, and will be sent. */
export function notifyWaiting({ typed }: Sent): void {
  announce(i18n.t('outbox.kept'));
  if (typed.type === 'raise-capacity' || typed.type === 'join-waitlist') toast(i18n.t('outbox.kept'));
}

/** One message for any number of refusals, with the way to the tray. */
export function notifyRefusedLater(): void {
  toast.warning(i18n.t('outbox.refusedLater'), {
    id: refusedMessage,
    description: i18n.t('outbox.refusedLaterDetail'),
    duration: 12_000,
    action: { label: i18n.t('outbox.look'), onClick: () => showTray(true) },
  });
}

/** After a crash the Electron shell loads the page with `?restarted`. Half-typed text is gone, and nothing else. */
export function notifyRestarted(): void {
  if (location.search !== '?restarted') return;
  history.replaceState(history.state, '', `${location.pathname}${location.hash}`);
  toast.warning(i18n.t('frame.restarted.title'), {
    description: i18n.t('frame.restarted.detail'),
    duration: 12_000,
  });
}
