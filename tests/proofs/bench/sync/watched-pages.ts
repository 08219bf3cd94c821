import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { rendererDir } from '../../../../build/build-renderer.ts';

/**
 * Notes the moment when this many of the elements were on the screen, in milliseconds since 1970. The script is a file beside
 * the page, because the page's policy allows no other script. Its message arrives when the frame after the last element has
 * been painted.
 */
const watcher = (selector: string, count: number) => `
const isThere = () => document.querySelectorAll(${JSON.stringify(selector)}).length >= ${count};
const note = () => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.shownAt = performance.timeOrigin + performance.now(); };
  port2.postMessage(null);
});
const look = () => { if (isThere()) { observer.disconnect(); note(); } };
const observer = new MutationObserver(look);
observer.observe(document, { childList: true, subtree: true });
document.addEventListener('DOMContentLoaded', look);
`;

/** The script lies among the assets, which a browser caches, so that it costs no request. */
const tag = '<script src="/assets/watch.js"></script>';

/** The built renderer, with a script that watches for a day of this many visits. */
export async function writeWatchedRenderer(folder: string, visits: number): Promise<void> {
  await cp(rendererDir, folder, { recursive: true });
  const file = path.join(folder, 'index.html');
  const page = await readFile(file, 'utf8');
  await writeFile(file, page.replace('<head>', `<head>\n    ${tag}`));
  await writeFile(path.join(folder, 'assets', 'watch.js'), watcher('[data-visit]', visits));
}

/** A page with one line of text on it. */
export async function writeBarePage(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  const page = `<!doctype html><html lang="en"><head>${tag}<title>Holdfast</title></head><body><p>Holdfast</p></body></html>`;
  await writeFile(path.join(folder, 'index.html'), page);
  await writeFile(path.join(folder, 'assets', 'watch.js'), watcher('p', 1));
}
