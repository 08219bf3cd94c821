import { app, session, type WebContents } from 'electron';

import { isOurPage } from './page-address.ts';

type Log = (line: string) => void;

/**
 * Keeps every window on our own page: a window goes nowhere else, opens nothing, embeds nothing, and gets no permission.
 * Call this when the app is ready, before the first window.
 */
export function guardWindows(log: Log): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, log));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    log(`refused the page: ${permission}`);
    decide(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

function guard(contents: WebContents, log: Log): void {
  const stay = (details: { readonly url: string; preventDefault(): void }) => {
    if (isOurPage(details.url)) return;
    details.preventDefault();
    log('refused the page: to go elsewhere');
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => {
    log('refused the page: another window');
    return { action: 'deny' };
  });
}
