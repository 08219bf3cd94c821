import { useSyncExternalStore } from 'react';

/** Spoken words reach the page as keys, so people who dictate must be able to switch single letters off (WCAG 2.2, 2.1.4). */
const key = 'holdfast-single-keys';
const watchers = new Set<() => void>();

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(key) !== 'off';
}

export function switchSingleKeys(isOn: boolean): void {
  localStorage.setItem(key, isOn ? 'on' : 'off');
  for (const watcher of watchers) watcher();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, areSingleKeysOn);
}
