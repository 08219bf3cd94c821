import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { App, WebContents } from 'electron';

import { openWindows, place, windowEvents } from './browser-window.ts';
import { DoubledEmitter, guarded, preventable } from './guarded.ts';
import { circumstances, killChromium, theChromium } from './machine.ts';
import { nowReady } from './protocol.ts';

type PathName = Parameters<App['getPath']>[0];

const events = ['second-instance', 'window-all-closed', 'before-quit', 'will-quit', 'web-contents-created'] as const;

class DoubledApp extends DoubledEmitter {
  readonly isPackaged = circumstances.packaged;
  private readonly ready = Promise.withResolvers<void>();
  private lockFile: string | null = null;
  private isQuitting = false;
  private isReady = false;

  constructor() {
    super('app', events);
    place.userData = path.join(tmpdir(), 'holdfast-double');
    // As in Electron, this happens after the app's own modules have run.
    setImmediate(() => void this.start());
    windowEvents.created = (contents: WebContents) => this.emit('web-contents-created', {}, contents);
    windowEvents.allClosed = () => {
      if (this.isQuitting) return;
      if (!this.emit('window-all-closed')) this.quit();
    };
  }

  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  getPath(name: PathName): string {
    if (name !== 'userData') throw new Error(`The double knows no path '${name}'.`);
    return place.userData;
  }

  setPath(name: string, value: string): void {
    if (name !== 'userData') throw new Error(`The double knows no path '${name}'.`);
    place.userData = value;
  }

  /**
   * The first app of a folder holds the lock. The next one leaves its command line there, and tells the first by a signal. As
   * in Electron, the lock of an app that was killed is free.
   */
  requestSingleInstanceLock(): boolean {
    mkdirSync(place.userData, { recursive: true });
    const lockFile = path.join(place.userData, 'double.lock');
    const argvFile = path.join(place.userData, 'double.argv');
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    } catch {
      const first = Number(readFileSync(lockFile, 'utf8'));
      writeFileSync(argvFile, JSON.stringify(process.argv));
      if (signalled(first)) return false;
      writeFileSync(lockFile, String(process.pid));
    }
    this.lockFile = lockFile;
    process.on('SIGUSR2', () => {
      this.emit('second-instance', {}, JSON.parse(readFileSync(argvFile, 'utf8')), process.cwd(), null);
    });
    return true;
  }

  quit(): void {
    if (!this.isReady) this.exit();
    void this.tryToQuit();
  }

  exit(code = 0): void {
    if (this.lockFile !== null) rmSync(this.lockFile, { force: true });
    killChromium();
    process.exit(code);
  }

  private async start(): Promise<void> {
    await theChromium(place.userData);
    this.isReady = true;
    nowReady();
    this.ready.resolve();
  }

  private async tryToQuit(): Promise<void> {
    if (!this.isQuitting) {
      this.isQuitting = true;
      this.emit('before-quit', preventable({}));
    }
    while (openWindows[0]) {
      if (await openWindows[0].askToClose()) continue;
      this.isQuitting = false;
      return;
    }
    const event = preventable({});
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit();
  }
}

const doubled = new DoubledApp();

export const app = guarded('app', doubled) satisfies Pick<
  App,
  'whenReady' | 'getPath' | 'setPath' | 'requestSingleInstanceLock' | 'quit' | 'exit' | 'isPackaged'
>;

function signalled(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGUSR2');
  } catch {
    return false;
  }
}
