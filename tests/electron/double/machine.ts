import path from 'node:path';

import { joinChromium, startChromium, type Chromium } from './chromium.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the test tells the double at its start. */
export interface Circumstances {
  /** Screens without their task bars, the primary one first. */
  readonly workAreas: readonly Rectangle[];
  readonly packaged: boolean;
  /** The keyring that Electron found. On Linux it can be `basic_text`, which protects nothing. */
  readonly keyring: 'gnome_libsecret' | 'basic_text';
  /** A page of a Chromium that the test runs. Without it, each app starts a Chromium of its own. */
  readonly adopt?: { readonly endpoint: string; readonly targetId: string };
}

/** What the double tells the test without being asked. */
export type Told =
  | { readonly tell: 'chromium'; readonly endpoint: string; readonly pid: number }
  | { readonly tell: 'fault'; readonly text: string }
  | { readonly tell: 'error-box'; readonly title: string; readonly content: string }
  | { readonly tell: 'shown-in-folder'; readonly file: string }
  | { readonly tell: 'utility'; readonly pid: number };

export const circumstances: Circumstances = {
  workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }],
  packaged: false,
  keyring: 'gnome_libsecret',
  ...(JSON.parse(process.env['DOUBLE_CIRCUMSTANCES'] ?? '{}') as Partial<Circumstances>),
};

export function tell(message: Told): void {
  if (process.connected) process.send?.(message);
}

let chromium: Promise<Chromium> | null = null;
let running: Chromium | null = null;

/**
 * Connects to the one Chromium of this app when it is first needed. A Chromium of the app's own has its profile in the app's
 * folder.
 */
export function theChromium(userData: string): Promise<Chromium> {
  const { adopt } = circumstances;
  chromium ??= (adopt ? joinChromium(adopt.endpoint) : startChromium(path.join(userData, 'chromium'))).then(
    (joined) => {
      running = joined;
      if (!adopt) tell({ tell: 'chromium', endpoint: joined.endpoint, pid: joined.pid });
      return joined;
    },
  );
  return chromium;
}

export function killChromium(): void {
  running?.kill();
}
