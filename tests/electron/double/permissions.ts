import type { Session, WebContents } from 'electron';

import { guarded } from './guarded.ts';
import type { Target } from './open-target.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

/** The names of a permission in Electron and in Chromium. */
const permissions: readonly (readonly [Permission, string])[] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['idle-detection', 'idle-detection'],
];

let request: RequestHandler | null = null;
let check: CheckHandler | null = null;

export const defaultSession = guarded('session.defaultSession', {
  setPermissionRequestHandler: (handler: RequestHandler | null) => {
    request = handler;
  },
  setPermissionCheckHandler: (handler: CheckHandler | null) => {
    check = handler;
  },
  // Chromium asks for devices by a chooser that a headless Chromium does not show. The handler is kept, and never called.
  setDevicePermissionHandler: () => undefined,
} satisfies Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>);

/**
 * Has Chromium decide for this origin as the app's handlers do, so that a test sees the page's own requests. Without a
 * handler Electron grants everything.
 */
export async function applyPermissions(
  { browser, browserContextId }: Target,
  contents: WebContents,
  origin: string,
): Promise<void> {
  for (const [permission, name] of permissions) {
    const asked = await new Promise<boolean>((resolve) => {
      if (request) request(contents, permission, resolve, { requestingUrl: origin, isMainFrame: true });
      else resolve(true);
    });
    const checked = check?.(contents, permission, origin, { isMainFrame: true, requestingUrl: origin }) ?? true;
    const setting = asked && checked ? 'granted' : 'denied';
    await browser.send('Browser.setPermission', { permission: { name }, setting, origin, browserContextId });
  }
}
