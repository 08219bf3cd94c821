import type { Temporal as TemporalTypes } from 'temporal-polyfill';

/**
 * Replaces temporal-polyfill in the page (vite.config.ts). The package would load all of the polyfill, and then use the
 * browser's own Temporal. Chromium has Temporal since 144; an older browser loads the polyfill here.
 */
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

export const { Temporal } = globalThis as unknown as { Temporal: typeof TemporalTypes };
