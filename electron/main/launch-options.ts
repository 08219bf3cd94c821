import path from 'node:path';
import { parseArgs } from 'node:util';

/** The options by which this desk was started. Paths are absolute. */
export interface LaunchOptions {
  /** The sync server; null where the desk keeps which server it uses, and asks at its first start. */
  readonly serverUrl: string | null;
  /** The entry file of the process that hosts a sync server for this desk. */
  readonly hostEntry: string;
  /** The folder of this desk alone; null: Electron's default folder. */
  readonly dataDir: string | null;
  readonly rendererDir: string;
  readonly kiosk: boolean;
}

/**
 * Reads the command line. Chromium's switches are on it too, so options that are not ours are left alone.
 * `here` is the folder of the built main file.
 */
export function parseLaunchOptions(argv: readonly string[], here: string): LaunchOptions {
  const { values } = parseArgs({
    args: argv.filter((each) => /^--(?:server-url|host-entry|data-dir|renderer-dir)=|^--kiosk$/.test(each)),
    options: {
      'server-url': { type: 'string' },
      'host-entry': { type: 'string' },
      'data-dir': { type: 'string' },
      'renderer-dir': { type: 'string' },
      kiosk: { type: 'boolean', default: false },
    },
  });
  const absolute = (given: string | undefined) => (given === undefined ? null : path.resolve(given));
  return {
    serverUrl: values['server-url'] ?? null,
    hostEntry: absolute(values['host-entry']) ?? path.join(here, 'host', 'serve-hosted.js'),
    dataDir: absolute(values['data-dir']),
    rendererDir: absolute(values['renderer-dir']) ?? path.resolve(here, '../../renderer'),
    kiosk: values.kiosk,
  };
}
