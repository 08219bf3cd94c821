import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

const windowState = z.strictObject({
  bounds: z.strictObject({
    x: z.int(),
    y: z.int(),
    width: z.int().min(200).max(20_000),
    height: z.int().min(200).max(20_000),
  }),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

/**
 * Loads how the window was left. Null where it never was, and where the file is damaged, which costs a size and nothing
 * else.
 */
export function loadWindowState(file: string): WindowState | null {
  try {
    return windowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(`${file}.next`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
