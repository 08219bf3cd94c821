import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';

import { PlainError } from '../server/problems/plain-error.ts';

/** The command's flags, by node:util's parseArgs. An unknown flag, a missing value or a stray word is a PlainError. */
export function parseFlags<const T extends ParseArgsOptionsConfig>(command: string, options: T) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new PlainError(`${command}: ${reason}. It knows ${known.join(', ')}.`);
  }
}

/** A TCP port as a person writes it; undefined stays undefined. Throws PlainError for anything but 1 to 65535. */
export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new PlainError(`--port takes a number from 1 to 65535, not "${text}".`);
}

/** A whole number from 1 on. Throws PlainError for anything else. */
export function parseCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new PlainError(`--${flag} takes a whole number from 1 on, not "${text}".`);
}

/** Runs a command and ends the process with its exit code. A PlainError prints its one line, any other error its stack. */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  let code = 1;
  try {
    code = await main();
  } catch (error) {
    if (error instanceof PlainError) process.stderr.write(`${error.message}\n`);
    else console.error(error);
  }
  process.exit(code);
}
