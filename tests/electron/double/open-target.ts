import type { Cdp, CdpSession } from './cdp.ts';
import { circumstances } from './machine.ts';

/** A page of Chromium, and the connection to it. */
export interface Target {
  readonly browser: CdpSession;
  readonly session: CdpSession;
  readonly targetId: string;
  /** The browser context, whose storage and permissions the page has. */
  readonly browserContextId: string;
}

interface TargetInfo {
  readonly targetId: string;
  readonly browserContextId: string;
  readonly openerId?: string;
}

let isAdopted = false;

/** Opens a new page, or takes the one of the test. Tells of pages that this page opens, and when the page is gone. */
export async function openTarget(
  { browser, session }: Cdp,
  onPopup: (targetId: string) => void,
  onGone: () => void,
): Promise<Target> {
  const targetId = circumstances.adopt?.targetId ?? (await create(browser));
  if (circumstances.adopt && isAdopted) throw new Error('The test gave one page, and this is a second window.');
  isAdopted = true;
  const params = { targetId, flatten: true };
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', params);
  browser.on('Target.targetCreated', ({ targetInfo }: { targetInfo: TargetInfo }) => {
    if (targetInfo.openerId === targetId) onPopup(targetInfo.targetId);
  });
  browser.on('Target.targetDestroyed', (gone: { targetId: string }) => {
    if (gone.targetId === targetId) onGone();
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  const { targetInfo } = await browser.send<{ targetInfo: TargetInfo }>('Target.getTargetInfo', { targetId });
  return { browser, session: session(sessionId), targetId, browserContextId: targetInfo.browserContextId };
}

async function create(browser: CdpSession): Promise<string> {
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  return targetId;
}

/** Chromium opens a window before it asks. A window that is denied loads nothing and is closed at once. */
export async function denyPopup({ browser, session }: Cdp, targetId: string): Promise<void> {
  const params = { targetId, flatten: true };
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', params);
  await session(sessionId).send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  // A page that is closed while it waits for its debugger would take its opener along.
  await session(sessionId).send('Runtime.runIfWaitingForDebugger');
  await browser.send('Target.closeTarget', { targetId });
}
