import { rename, writeFile } from 'node:fs/promises';

/** Replaces the file in one step, so that a crash leaves the old content or the new. Mode 0600 unless given. */
export async function writeAtomically(file: string, content: string, mode = 0o600): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  await writeFile(next, content, { mode, flush: true });
  await rename(next, file);
}
