import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';

export interface MenuChoices {
  readonly kiosk: boolean;
  readonly logFile: string;
}

/** Sets the menu of the app. A kiosk has none, and so no shortcuts for zoom, reload or closing. */
export function setMenu({ kiosk, logFile }: MenuChoices): void {
  Menu.setApplicationMenu(kiosk ? null : Menu.buildFromTemplate(menuTemplate(logFile)));
}

function menuTemplate(logFile: string): MenuItemConstructorOptions[] {
  const forDevelopers: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [{ role: process.platform === 'darwin' ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...forDevelopers,
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show the &log', click: () => shell.showItemInFolder(logFile) }] },
  ];
}
