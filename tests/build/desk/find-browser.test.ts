import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { findBrowser, findHeadlessBrowser } from '../../../build/desk/find-browser.ts';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'holdfast-browsers-'));
  env = { PATH: folder };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function install(name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

test('a headless shell draws pages that nobody watches, and never a window', () => {
  const chromium = install('chromium');
  const shell = install('chromium-headless-shell');
  expect(findHeadlessBrowser(env)).toBe(shell);
  expect(findBrowser(env, 'linux')).toBe(chromium);
});

test('a named browser comes first, for windows and for pages alone', () => {
  install('chromium');
  install('chromium-headless-shell');
  env['HOLDFAST_BROWSER'] = install('another');
  expect(findHeadlessBrowser(env)).toBe(env['HOLDFAST_BROWSER']);
  expect(findBrowser(env)).toBe(env['HOLDFAST_BROWSER']);
});
