import { registerHooks } from 'node:module';

/** Loaded before the main bundle: whatever imports `electron` gets the double. */
const double = new URL('electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: double, shortCircuit: true, format: 'module-typescript' }
      : next(specifier, context),
});
