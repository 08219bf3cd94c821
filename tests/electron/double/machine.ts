import path from 'node:path';

import { joinChromium, startChromium, type Chromium } from './chromium.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the test gives the double when it starts it. */
export interface Circumstances {
  /** Screens without their task bars, the primary one first. */
  readonly workAreas: readonly Rectangle[];
  readonly packaged: boolean;
  /** What Electron found to keep keys in; on Linux alone it can be `basic_text`, which keeps nothing from anybody. */
  readonly keyring: 'gnome_libsecret' | 'basic_text';
  /** A page of a Chromium that the test itself keeps: without it, each app starts one of its own. */
  readonly adopt?: { readonly endpoint: string; readonly targetId: string };
}

/** What the double tells the test unasked. */
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

/** The one Chromium of this app, spoken to from when it is first needed; its own has its profile in the app's folder. */
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
