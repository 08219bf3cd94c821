import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { rendererDir } from '../../../../build/build-renderer.ts';

/**
 * Notes when so many of these elements were on the screen, in milliseconds since 1970: as a file beside the page, because
 * the page's policy lets no other script in. The frame after the last one came is painted when its message arrives.
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

/** Among the assets, which a browser keeps: so that the watching takes no request of its own. */
const tag = '<script src="/assets/watch.js"></script>';

/** The built renderer, with the watcher of a day of so many visits in it. */
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
