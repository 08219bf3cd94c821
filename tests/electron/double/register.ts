import { registerHooks } from 'node:module';

/** Is loaded before the main bundle: each import of `electron` gets the double. */
const double = new URL('electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: double, shortCircuit: true, format: 'module-typescript' }
      : next(specifier, context),
});
