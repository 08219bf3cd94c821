import { useSyncExternalStore } from 'react';

import { resourceKinds, type ResourceKind } from '../../../core/domain/terms.ts';

/** The steps of zoom, as the height of a quarter of an hour in pixels. */
export const rowHeights = [14, 20, 28] as const;
export type Zoom = 0 | 1 | 2;

/** The person's settings for the day, kept on this PC. They are no data: unreadable settings count as never set. */
export interface DaySettings {
  readonly kind: ResourceKind;
  readonly zoom: Zoom;
  /** The resources whose columns are hidden, by `siteId kind`. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
}

const key = 'holdfast-day';
const defaults: DaySettings = { kind: 'provider', zoom: 1, hidden: {} };
const none: readonly string[] = [];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The stored settings as far as they make sense, and the defaults for the rest. */
export function parseDaySettings(stored: string | null): DaySettings {
  let value: unknown;
  try {
    value = JSON.parse(stored ?? '');
  } catch {
    return defaults;
  }
  if (!isRecord(value)) return defaults;
  const { kind, zoom, hidden } = value;
  const lists = Object.entries(isRecord(hidden) ? hidden : {}).flatMap(([place, ids]) =>
    Array.isArray(ids) ? [[place, ids.filter((id) => typeof id === 'string')] as const] : [],
  );
  return {
    kind: resourceKinds.find((known) => known === kind) ?? defaults.kind,
    zoom: zoom === 0 || zoom === 2 ? zoom : defaults.zoom,
    hidden: Object.fromEntries(lists),
  };
}

export function hiddenOf({ hidden, kind }: DaySettings, siteId: string): readonly string[] {
  return hidden[`${siteId} ${kind}`] ?? none;
}

/** The zoom one step larger or smaller; the same zoom at the end of the steps. */
export function zoomed(zoom: Zoom, step: 1 | -1): Zoom {
  const next = zoom + step;
  return next === 0 || next === 1 || next === 2 ? next : zoom;
}

let settings: DaySettings | null = null;
const watchers = new Set<() => void>();

function read(): DaySettings {
  settings ??= parseDaySettings(localStorage.getItem(key));
  return settings;
}

export function changeDaySettings(change: Partial<DaySettings>): void {
  settings = { ...read(), ...change };
  localStorage.setItem(key, JSON.stringify(settings));
  for (const watcher of watchers) watcher();
}

/** Hides exactly these columns of the site, for the kind that is shown now. */
export function hideColumns(siteId: string, resourceIds: readonly string[]): void {
  const { hidden, kind } = read();
  changeDaySettings({ hidden: { ...hidden, [`${siteId} ${kind}`]: resourceIds } });
}

export function useDaySettings(): DaySettings {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, read);
}
