import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A page that does nothing, in the renderer's place, for tests of what is behind it. Returns its folder. */
export async function writePage(folder: string): Promise<string> {
  const rendererDir = path.join(folder, 'renderer');
  await mkdir(rendererDir, { recursive: true });
  await writeFile(path.join(rendererDir, 'index.html'), '<!doctype html><html><head></head><body></body></html>');
  return rendererDir;
}
