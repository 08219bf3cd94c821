import { useSyncExternalStore } from 'react';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const key = 'holdfast-theme';
const listeners = new Set<() => void>();
let choice: ThemeChoice = readStored();

function readStored(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return themeChoices.find((known) => known === stored) ?? 'system';
}

/** Applies the stored choice to the document. `system` leaves the theme to prefers-color-scheme. */
export function applyTheme(): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  localStorage.setItem(key, next);
  applyTheme();
  for (const listener of listeners) listener();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => choice,
  );
}
