import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

import { Temporal } from 'temporal-polyfill';

const maxBytes = 1_000_000;

/**
 * Opens a log: each line is appended with its instant (RFC 3339, UTC). Lines never hold a patient's data. A file over 1 MB gets
 * the name `….1`, in the place of the one before.
 */
export function openLogFile(file: string): (line: string) => void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return (line) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${Temporal.Now.instant().toString()} ${line}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not stop the desk: on a full disk, the desk tells so where it matters.
    }
  };
}
