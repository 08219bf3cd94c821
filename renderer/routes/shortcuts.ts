import { keyedTransitions } from '../commands/visit-actions.ts';
import type { en } from '../i18n/en.ts';

/** The single keys that work wherever the focus is. In a text field each is a letter. */
export const frameKeys = {
  today: 't',
  previousDay: 'p',
  nextDay: 'n',
  goToDay: 'g',
  people: 'a',
  waitlist: 'w',
  undo: 'z',
  daySheet: 'd',
  connection: 's',
  shortcuts: '?',
} as const;

export type FrameAction = keyof typeof frameKeys;

interface Shortcut {
  readonly does: keyof typeof en.shortcuts.does;
  /** The alternatives. The keys of one alternative are pressed together. */
  readonly keys: readonly (readonly string[])[];
}

/** The browser's own keys that do the same. */
function alsoBy(action: FrameAction): string[][] {
  if (action === 'undo') return [['Ctrl', 'Z']];
  return action === 'daySheet' ? [['Ctrl', 'P']] : [];
}

/** Every key of the app, by where the key works. use-grid-keys.ts handles those of the calendar. */
export const shortcutGroups: readonly {
  readonly place: keyof typeof en.shortcuts.places;
  readonly shortcuts: readonly Shortcut[];
}[] = [
  {
    place: 'anywhere',
    shortcuts: (Object.keys(frameKeys) as FrameAction[]).map((action) => ({
      does: action,
      keys: [[frameKeys[action].toUpperCase()], ...alsoBy(action)],
    })),
  },
  {
    place: 'panels',
    shortcuts: [
      { does: 'list', keys: [['↑'], ['↓']] },
      { does: 'choose', keys: [['Enter']] },
      { does: 'leave', keys: [['Esc']] },
    ],
  },
  {
    place: 'calendar',
    shortcuts: [
      { does: 'move', keys: [['←'], ['→'], ['↑'], ['↓']] },
      { does: 'moveHour', keys: [['Page ↑'], ['Page ↓']] },
      { does: 'ends', keys: [['Home'], ['End']] },
      { does: 'open', keys: [['Enter']] },
      {
        does: 'extend',
        keys: [
          ['Shift', '↑'],
          ['Shift', '↓'],
        ],
      },
      { does: 'pickUp', keys: [['M']] },
      ...keyedTransitions.map(({ type, key }) => ({
        does: type,
        keys: [[key.length === 1 ? key.toUpperCase() : key]],
      })),
      { does: 'zoomIn', keys: [['+']] },
      { does: 'zoomOut', keys: [['−']] },
    ],
  },
  {
    place: 'carrying',
    shortcuts: [
      { does: 'carry', keys: [['←'], ['→'], ['↑'], ['↓']] },
      {
        does: 'resize',
        keys: [
          ['Shift', '↑'],
          ['Shift', '↓'],
        ],
      },
      { does: 'drop', keys: [['Enter']] },
      { does: 'putBack', keys: [['Esc']] },
    ],
  },
];
