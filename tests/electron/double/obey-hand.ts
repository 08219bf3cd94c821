import type { MenuItemConstructorOptions } from 'electron';

import { openWindows } from './browser-window.ts';
import { killChromium } from './machine.ts';

/** What a test can do to the app, as a person or the operating system would, and what the test can look at. */
export interface Deeds {
  readonly windows: () => readonly WindowSeen[];
  readonly menu: () => readonly string[] | null;
  readonly clickMenu: (label: string) => boolean;
  readonly closeWindow: () => Promise<boolean>;
  readonly minimize: () => void;
  readonly moveWindow: (bounds: WindowSeen['bounds']) => void;
  readonly crashPage: () => Promise<void>;
  /** Loads an address as if main did: no guard is asked, and the preload runs there. */
  readonly forcePage: (url: string) => Promise<void>;
  readonly pageTarget: () => Promise<string>;
}

export interface WindowSeen {
  readonly bounds: { x: number; y: number; width: number; height: number };
  readonly title: string;
  readonly visible: boolean;
  readonly maximized: boolean;
  readonly minimized: boolean;
  /** How often the window was brought to the front. */
  readonly focused: number;
  readonly kiosk: boolean;
  readonly devTools: boolean;
}

export interface Asked {
  readonly ask: keyof Deeds;
  readonly id: number;
  readonly args: readonly unknown[];
}

export type Answered = { readonly id: number; readonly value?: unknown; readonly error?: string };

type Items = readonly MenuItemConstructorOptions[];

/** Answers the test over the channel of the process. */
export function takeHold({ menu }: { readonly menu: () => Items | null }): void {
  const only = () => {
    const [window] = openWindows;
    if (!window) throw new Error('no window is open');
    return window;
  };
  const deeds: Deeds = {
    windows: () => openWindows.map(({ state, title, kiosk, devTools }) => ({ ...state, title, kiosk, devTools })),
    menu: () => menu()?.flatMap((item) => [nameOf(item), ...childrenOf(item).map(nameOf)]) ?? null,
    clickMenu(label) {
      const item = menu()
        ?.flatMap((each) => [each, ...childrenOf(each)])
        .find((each) => nameOf(each) === label);
      item?.click?.({} as never, undefined, {});
      return item !== undefined;
    },
    closeWindow: () => only().askToClose(),
    minimize: () => {
      only().state.minimized = true;
    },
    moveWindow: (bounds) => {
      only().state.bounds = bounds;
    },
    crashPage: () => only().contents.crash(),
    forcePage: (url) => only().contents.loadURL(url),
    pageTarget: () => only().contents.targetId,
  };
  process.on('message', ({ ask, id, args }: Asked) => {
    const deed = deeds[ask] as (...given: readonly unknown[]) => unknown;
    Promise.try(deed, ...args).then(
      (value) => process.send?.({ id, value } satisfies Answered),
      (error: unknown) => process.send?.({ id, error: String(error) } satisfies Answered),
    );
  });
  process.on('disconnect', () => {
    killChromium();
    process.exit(1);
  });
}

const nameOf = ({ label, role, type }: MenuItemConstructorOptions) => label?.replace('&', '') ?? role ?? type ?? '';
const childrenOf = ({ submenu }: MenuItemConstructorOptions): Items => (Array.isArray(submenu) ? submenu : []);
