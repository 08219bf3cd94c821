import { readFileSync } from 'node:fs';

import type { BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron';

import { DoubledEmitter, DoubleLacksError, guarded, requireKnown, preventable } from './guarded.ts';
import { theChromium } from './machine.ts';
import { DoubledContents } from './web-contents.ts';

/**
 * The settings that the double models: a page that is shut off from Node. It would ignore other settings, so it refuses
 * them.
 */
const modelled = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
} as const;
const looks = ['minWidth', 'minHeight', 'show', 'autoHideMenuBar'];

/** All open windows, in the order in which they were opened. */
export const openWindows: DoubledWindow[] = [];
export const windowEvents = { created: (_contents: WebContents): void => undefined, allClosed: (): void => undefined };
export const place = { userData: '' };

export class DoubledWindow extends DoubledEmitter {
  readonly contents: DoubledContents;
  readonly webContents: WebContents;
  readonly state: { bounds: Rectangle; visible: boolean; maximized: boolean; minimized: boolean; focused: number };
  readonly kiosk: boolean;
  readonly title: string;
  readonly devTools: boolean;
  private closed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', ['close', 'closed', 'ready-to-show']);
    const {
      x = 0,
      y = 0,
      width = 800,
      height = 600,
      show = true,
      kiosk = false,
      title = '',
      webPreferences = {},
    } = options;
    requireKnown('BrowserWindow options', options, [
      'x',
      'y',
      'width',
      'height',
      'kiosk',
      'title',
      'webPreferences',
      ...looks,
    ]);
    const { preload, devTools = true, spellcheck: _spellcheck, ...settings } = webPreferences;
    requireKnown('webPreferences', settings, Object.keys(modelled));
    for (const [name, value] of Object.entries(modelled)) {
      if (settings[name as keyof typeof modelled] !== value)
        throw new DoubleLacksError(`webPreferences without ${name}: ${value}`);
    }
    this.state = { bounds: { x, y, width, height }, visible: show, maximized: false, minimized: false, focused: 0 };
    this.kiosk = kiosk;
    this.title = title;
    this.devTools = devTools;
    this.contents = new DoubledContents(theChromium(place.userData), preload ? readFileSync(preload, 'utf8') : '');
    this.contents.onReady = () => this.emit('ready-to-show');
    this.webContents = guarded('webContents', this.contents) as unknown as WebContents;
    this.contents.once('destroyed', () => this.end());
    openWindows.push(this);
    windowEvents.created(this.webContents);
    return guarded('BrowserWindow', this);
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url);
  }

  show(): void {
    this.state.visible = true;
  }

  focus(): void {
    this.state.focused += 1;
  }

  maximize(): void {
    this.state.maximized = true;
  }

  isMaximized(): boolean {
    return this.state.maximized;
  }

  isMinimized(): boolean {
    return this.state.minimized;
  }

  restore(): void {
    this.state.minimized = false;
  }

  getNormalBounds(): Rectangle {
    return this.state.bounds;
  }

  /** Closes the window as a person does. Returns whether it closed. */
  async askToClose(): Promise<boolean> {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    await this.contents.close();
    return true;
  }

  private end(): void {
    if (this.closed) return;
    this.closed = true;
    openWindows.splice(
      openWindows.findIndex((window) => window.contents === this.contents),
      1,
    );
    this.emit('closed');
    if (openWindows.length === 0) windowEvents.allClosed();
  }
}
