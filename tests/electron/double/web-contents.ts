import type { IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';

import type { CdpSession } from './cdp.ts';
import type { Chromium } from './chromium.ts';
import { Frames } from './frames.ts';
import { DoubledEmitter, guarded, preventable } from './guarded.ts';
import { clone, invoke, receive } from './ipc-main.ts';
import { tell } from './machine.ts';
import { denyPopup, openTarget, type Target } from './open-target.ts';
import { reportFaults } from './page-faults.ts';
import { applyPermissions } from './permissions.ts';
import { fromChromium, toChromium } from './protocol.ts';
import { answerRequest, type Destination, type Paused } from './requests.ts';
import { makeWire } from './wire.ts';
import { pageEnd, postBinding, preloadEnd, preloadWorld, receiveName } from './worlds.ts';

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

interface Posted {
  readonly kind: 'invoke' | 'send';
  readonly id: number;
  readonly channel: string;
  readonly args: readonly unknown[];
}

const events = [
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'will-attach-webview',
  'did-start-navigation',
  'render-process-gone',
  'destroyed',
] as const;

const wire = makeWire();

/** One page of Chromium in the form of Electron's WebContents: with preload, messages and navigations. */
export class DoubledContents extends DoubledEmitter {
  readonly targetId: Promise<string>;
  private readonly preload: string;
  private readonly target: Promise<Target>;
  private readonly frames = new Frames();
  private mainFrame = '';
  private openHandler: OpenHandler | null = null;
  private expected: string | null = null;
  private destroyed = false;
  /** Called when the page has loaded for the first time. */
  onReady: () => void = () => undefined;

  constructor(chromium: Promise<Chromium>, preload: string) {
    super('webContents', events);
    this.preload = preload;
    const opened = chromium.then((running) =>
      openTarget(
        running,
        (targetId) => this.meetPopup(running, targetId),
        () => this.end(),
      ),
    );
    this.targetId = opened.then(({ targetId }) => targetId);
    this.target = opened.then(async (target) => {
      await this.prepare(target.session, target.targetId);
      return target;
    });
    this.target.catch((error: unknown) => tell({ tell: 'fault', text: `the double: ${String(error)}` }));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.deliver({ kind: 'message', id: 0, channel, value: clone(args) });
  }

  getURL(): string {
    return this.frames.urlOf(this.mainFrame);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  async loadURL(url: string): Promise<void> {
    const target = await this.target;
    const address = toChromium(new URL(url).href);
    await applyPermissions(target, this.asWebContents(), new URL(address).origin);
    const loaded = new Promise<void>((resolve) => target.session.once('Page.loadEventFired', () => resolve()));
    this.expected = fromChromium(address);
    const { errorText } = await target.session.send<{ errorText?: string }>('Page.navigate', { url: address });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  /** Lets the page's process die, as if by a fault of its own. */
  async crash(): Promise<void> {
    // A page that crashes never answers this.
    (await this.target).session.send('Page.crash').catch(() => undefined);
  }

  async close(): Promise<void> {
    const { browser, targetId } = await this.target;
    await browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
    this.end();
  }

  private end(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('destroyed');
  }

  private asWebContents(): WebContents {
    return this as unknown as WebContents;
  }

  private async prepare(session: CdpSession, mainFrame: string): Promise<void> {
    this.mainFrame = mainFrame;
    session.on('Fetch.requestPaused', (paused: Paused) => {
      answerRequest(session, paused, mainFrame, (destination) => this.mayGo(destination)).catch(() => undefined);
    });
    this.frames.follow(session);
    session.on('Runtime.bindingCalled', (call: { payload: string; executionContextId: number }) => {
      const frameId = this.frames.frameOf(call.executionContextId);
      this.takePost(wire.decode(call.payload) as Posted, frameId, frameId === mainFrame);
    });
    session.on('Page.frameStartedNavigating', (start: { frameId: string; url: string; navigationType: string }) => {
      const isSameDocument = start.navigationType.toLowerCase().includes('samedocument');
      const isMainFrame = start.frameId === mainFrame;
      this.emit('did-start-navigation', preventable({ url: fromChromium(start.url), isMainFrame, isSameDocument }));
    });
    session.once('Page.loadEventFired', () => this.onReady());
    session.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    reportFaults(session, (text) => tell({ tell: 'fault', text }));

    const secret = `bridge-${crypto.randomUUID()}-`;
    await session.send('Inspector.enable');
    await session.send('Page.enable');
    await session.send('Log.enable');
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageEnd(secret) });
    await session.send('Runtime.addBinding', { name: postBinding, executionContextName: preloadWorld });
    const source = preloadEnd(secret, this.preload);
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld });
    await session.send('Runtime.enable');
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  /** Asks the app's guards, except about what the app itself loads. */
  private mayGo({ url, isMainFrame, isRedirect }: Destination): boolean {
    if (isMainFrame && !isRedirect && this.expected === url) {
      this.expected = null;
      return true;
    }
    const names = isRedirect ? ['will-redirect'] : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])];
    return names.every((name) => {
      const event = preventable({ url, isMainFrame, isSameDocument: false });
      this.emit(name, event);
      return !event.defaultPrevented;
    });
  }

  private meetPopup(chromium: Chromium, targetId: string): void {
    const details = { url: '', frameName: '', features: '', disposition: 'new-window', referrer: { url: '' } };
    if (this.openHandler?.(details as Parameters<OpenHandler>[0]).action !== 'deny') return;
    denyPopup(chromium, targetId).catch(() => undefined);
  }

  private takePost({ kind, id, channel, args }: Posted, frameId: string, isMainFrame: boolean): void {
    const frame = { url: this.frames.urlOf(frameId), parent: isMainFrame ? null : {} };
    const event = guarded('ipc event', {
      sender: this.asWebContents(),
      senderFrame: guarded('senderFrame', frame) as unknown as WebFrameMain,
    });
    if (kind === 'send') {
      receive(event as unknown as IpcMainEvent, channel, args);
      return;
    }
    invoke(event as unknown as IpcMainInvokeEvent, channel, args).then(
      (value) => this.deliver({ kind: 'answer', id, channel, value }),
      (error: unknown) => this.deliver({ kind: 'failure', id, channel, value: String(error) }),
    );
  }

  /** Sends to the preload of the present document. As in Electron, a message between two documents is lost. */
  private deliver(message: {
    kind: 'answer' | 'failure' | 'message';
    id: number;
    channel: string;
    value: unknown;
  }): void {
    const executionContextId = this.frames.worldNamed(preloadWorld);
    if (executionContextId === undefined || this.destroyed) return;
    const params = {
      executionContextId,
      functionDeclaration: `function (text) { ${receiveName}(text); }`,
      arguments: [{ value: wire.encode(message) }],
    };
    this.target.then(({ session }) => session.send('Runtime.callFunctionOn', params)).catch(() => undefined);
  }
}
