export const askAtTheDesk = {
  title: 'Please ask at the desk',
  detail: 'This screen is not in use yet. The team at the desk checks you in.',
} as const;

export const signIn = {
  title: 'Sign in',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  wrong: 'User name and password do not fit together. Check Caps Lock, then try the password again.',
  wrongOrNoHandle:
    'User name and password do not fit together. Check Caps Lock, then try the password again. Where several organizations share the server, add yours to the user name, such as anna@nordstern.',
  tooMany: 'Too many attempts. Wait a minute, then try again.',
  unreachable: 'The clinic’s server cannot be reached. Check the network, then try again. Your entries are kept.',
  failed: 'That did not work. Try again; if it stays so, call your administrator.',
  noDesk: 'This page was opened without its desk.',
  noDeskDetail: 'Close it and start Holdfast again from the desktop or with npm start.',
  starting: 'Starting…',
  startFailed: 'The desk does not answer.',
  again: 'Try again',
} as const;
