import { rename, writeFile } from 'node:fs/promises';

/** Replaces a file in one step, so that a crash leaves the old content or the new. */
export async function writeAtomically(file: string, content: string, mode = 0o600): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  await writeFile(next, content, { mode, flush: true });
  await rename(next, file);
}
