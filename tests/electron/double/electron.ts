import type { Display, Menu as ElectronMenu, MenuItemConstructorOptions, Screen } from 'electron';

import { DoubledWindow } from './browser-window.ts';
import { guarded } from './guarded.ts';
import { circumstances, tell } from './machine.ts';
import { takeHold } from './obey-hand.ts';
import { defaultSession } from './permissions.ts';

/**
 * The module `electron` for the built main bundle: register.ts puts it in the place of the real one. An import of a name that
 * this module does not export ends in a SyntaxError that has the name.
 */
export { app } from './app.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export { utilityProcess } from './utility-process.ts';
export { DoubledWindow as BrowserWindow };

export const session = guarded('session', { defaultSession });

const displays = circumstances.workAreas.map((workArea, id) => ({ id, workArea, bounds: workArea })) as Display[];

export const screen = guarded('screen', {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => displays[0] as Display,
} satisfies Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>);

let menu: readonly MenuItemConstructorOptions[] | null = null;

export const Menu = guarded('Menu', {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as ElectronMenu,
  setApplicationMenu(next: ElectronMenu | null) {
    menu = next as MenuItemConstructorOptions[] | null;
  },
} satisfies Pick<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu'>);

export const shell = guarded('shell', {
  showItemInFolder: (file: string) => tell({ tell: 'shown-in-folder', file }),
} satisfies Pick<typeof Electron.shell, 'showItemInFolder'>);

export const dialog = guarded('dialog', {
  showErrorBox: (title: string, content: string) => tell({ tell: 'error-box', title, content }),
} satisfies Pick<typeof Electron.dialog, 'showErrorBox'>);

takeHold({ menu: () => menu });
