import type { CustomScheme, Protocol } from 'electron';

import { guarded } from './guarded.ts';

type Handler = Parameters<Protocol['handle']>[1];

const schemes = new Map<string, CustomScheme>();
const handlers = new Map<string, Handler>();
let isReady = false;

export const protocol = guarded('protocol', {
  registerSchemesAsPrivileged(customSchemes: CustomScheme[]) {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const scheme of customSchemes) schemes.set(scheme.scheme, scheme);
  },
  handle(scheme: string, handler: Handler) {
    if (!isReady) throw new Error('protocol.handle can only be used after app is ready');
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>);

export function nowReady(): void {
  isReady = true;
}

/**
 * Chromium cannot be told of new schemes from outside. An https host of its own stands for a standard, secure scheme. The
 * host differs in name alone: it has an origin, and the same trust.
 */
export function toChromium(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const known = schemes.get(scheme.slice(0, -1));
  if (!known) return url;
  if (known.privileges?.standard !== true) throw new Error(`${scheme} is not standard: its pages have no origin.`);
  const trusted = known.privileges.secure === true ? 'https' : 'http';
  return `${trusted}://${host}.${known.scheme}.test${pathname || '/'}${search}${hash}`;
}

export function fromChromium(url: string): string {
  const found = /^https?:\/\/([\w-]+)\.([\w-]+)\.test(\/.*)?$/s.exec(url);
  if (!found || !schemes.has(found[2] ?? '')) return url;
  return `${found[2]}://${found[1]}${found[3] ?? '/'}`;
}

/** The app's answer to a request of Chromium. Null where the app does not handle the scheme. */
export function answerOf(url: string, method: string): Promise<Response> | null {
  const own = fromChromium(url);
  const handler = handlers.get(new URL(own).protocol.slice(0, -1));
  if (!handler) return null;
  return Promise.resolve(handler(new Request(own, { method })) as Response);
}
