import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Makes a page that does nothing, in the place of the renderer, for tests of what is behind the page. Returns its folder. */
export async function writePage(folder: string): Promise<string> {
  const rendererDir = path.join(folder, 'renderer');
  await mkdir(rendererDir, { recursive: true });
  await writeFile(path.join(rendererDir, 'index.html'), '<!doctype html><html><head></head><body></body></html>');
  return rendererDir;
}
