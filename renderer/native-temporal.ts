import type { Temporal as TemporalTypes } from 'temporal-polyfill';

/**
 * Stands for temporal-polyfill in the page (vite.config.ts), which would load all of it to then use the browser's own
 * Temporal: Chromium has that since 144, and what is older loads the polyfill here.
 */
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

export const { Temporal } = globalThis as unknown as { Temporal: typeof TemporalTypes };
