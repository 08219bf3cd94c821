import type { CommandType } from '../../../core/commands/list.ts';

export const done = {
  book: 'Booked.',
  move: 'Moved.',
  cancel: 'Cancelled. The time is free again.',
  arrive: 'Checked in.',
  'check-in': 'With provider.',
  fulfil: 'Done.',
  'no-show': 'Did not come.',
  'un-arrive': 'Check-in taken back.',
  'un-check-in': 'Back to waiting.',
  'un-fulfil': 'Not done yet.',
  'un-no-show': 'Came after all.',
  'raise-capacity': 'One more visit fits at this time now.',
  'register-patient': 'The new patient is registered.',
  reinstate: 'The visit is back.',
  'join-waitlist': 'Kept on the waitlist.',
  'leave-waitlist': 'Taken off the waitlist.',
} as const satisfies Record<CommandType, string>;

const internal = {
  title: 'Something went wrong on the server',
  detail: 'Look whether it was done. If not, do it again; if this happens again, call your administrator.',
};

export const problems = {
  'invalid-input': {
    title: 'The server did not understand this',
    detail: 'Nothing was changed. Reload this window and try again.',
  },
  unauthenticated: { title: 'Your session has ended', detail: 'Sign in again: you come back to this day.' },
  forbidden: {
    title: 'Your role does not allow this',
    detail: 'Nothing was changed. Somebody whose role allows it can sign in and do it.',
  },
  'not-found': {
    title: 'This is no longer here',
    detail: 'Nothing was changed. The calendar shows what there is now.',
  },
  timeout: { title: 'The server took too long', detail: 'Nothing is lost. Try again.' },
  conflict: { title: 'That time is no longer free', detail: 'Nothing was changed. Choose another time.' },
  'stale-version': { title: 'Someone changed this meanwhile', detail: 'Your change was not made. Look at it again.' },
  'status-conflict': { title: 'The status does not allow this', detail: 'Nothing was changed.' },
  'protocol-mismatch': {
    title: 'An update is needed',
    detail: 'What you entered is kept on this desk, and sent after the update. Click on the connection above for more.',
  },
  'too-large': { title: 'This is too large', detail: 'Nothing was changed. Shorten what you typed.' },
  'unsupported-media-type': internal,
  'command-reused': internal,
  'refused-not-offered': {
    title: 'The provider does not offer this service',
    detail: 'Nothing was booked. Choose another provider or service.',
  },
  'refused-unsuitable': {
    title: 'The room or equipment does not suit',
    detail: 'Nothing was booked. Leave the choice to Holdfast, or take another.',
  },
  'refused-in-the-past': { title: 'That time has passed', detail: 'Nothing was changed. Choose a later time.' },
  'refused-not-today': {
    title: 'This visit is on another day',
    detail: 'An arrival is for today, so nothing was changed. Move the visit to today, or look for another one.',
  },
  'refused-not-begun': {
    title: 'This visit has not begun',
    detail: 'The patient may still come, so nothing was changed. Say so once its time has passed.',
  },
  'refused-unknown': {
    title: 'The server does not know this',
    detail: 'Nothing was changed. It may have been removed meanwhile.',
  },
  'refused-birth-date': {
    title: 'Nobody was born on that day',
    detail: 'The new patient was not registered, nor the visit booked. Book again with the right birth date.',
  },
  'refused-parent-refused': {
    title: 'This was not done either',
    detail: 'What it followed was refused. Nothing was changed.',
  },
  'refused-too-old': {
    title: 'This was entered too long ago',
    detail: 'Nothing was changed: it waited for more than 180 days. Look at the calendar, and enter it again.',
  },
  'refused-clock-ahead': {
    title: 'The clock of this PC is wrong',
    detail: 'Nothing was changed: the clock is more than ten days ahead. Set it, and enter this again.',
  },
  'too-many-requests': { title: 'Too many requests', detail: 'Nothing was changed. Wait a minute, then try again.' },
  internal,
  busy: { title: 'The server is busy', detail: 'Nothing was booked. Try again in a few seconds.' },
  unreachable: {
    title: 'The server cannot be reached',
    detail: 'Nothing was changed there. Check the network, then try again.',
  },
  'not-kept': {
    title: 'This day is not kept on this desk',
    detail: 'The server cannot be reached. Nothing was changed.',
  },
  'set-up-first': { title: 'This desk is not set up yet', detail: 'Choose first where its data is.' },
  'set-up-failed': { title: 'That server cannot be used', detail: 'Nothing was changed.' },
  unanswered: {
    title: 'No answer yet',
    detail: 'It may have been done or not. Trying again is safe: it is never done twice.',
    again: 'Try again',
  },
} as const;
