import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

import { Temporal } from 'temporal-polyfill';

const maxBytes = 1_000_000;

/** Appends lines with their instant. They name things and never hold a patient's data; what is over 1 MB is put aside once. */
export function openLogFile(file: string): (line: string) => void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return (line) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${Temporal.Now.instant().toString()} ${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not stop the desk from telling so at what matters.
    }
  };
}
