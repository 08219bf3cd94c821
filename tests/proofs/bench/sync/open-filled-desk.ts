import { keyFile } from '../../../../electron/browser/key-file.ts';
import { defaultWindow, type DayWindow } from '../../../../electron/desk/days/fill-window.ts';
import { openDesk, type RunningDesk } from '../../../../electron/desk/open-desk.ts';

export interface FilledDeskOptions {
  readonly serverUrl: string;
  readonly dataDir: string;
  readonly pairingCode: string;
  readonly username: string;
  readonly password: string;
  readonly window?: DayWindow;
}

export interface FilledDesk {
  readonly desk: RunningDesk;
  /** Milliseconds from the sign-in's answer until the last day of the window was held. */
  readonly filledInMs: number;
}

/** A paired desk without a screen and with a signed-in person, which holds all days of its window. */
export async function openFilledDesk(options: FilledDeskOptions): Promise<FilledDesk> {
  const { username, password, window = defaultWindow, ...where } = options;
  const paired = Promise.withResolvers<void>();
  const filled = Promise.withResolvers<number>();
  let missing = window.daysBack + 1 + window.daysAhead;
  const desk = openDesk({
    ...where,
    window,
    keys: keyFile,
    hooks: {
      paired: () => paired.resolve(),
      'kept-day'() {
        if (--missing === 0) filled.resolve(performance.now());
      },
    },
  });
  await paired.promise;
  const signedIn = await desk.call('signIn', { username, password });
  if (!signedIn.ok) throw new Error(`signing in failed: ${signedIn.problem.code}`);
  const startedAt = performance.now();
  return { desk, filledInMs: (await filled.promise) - startedAt };
}
