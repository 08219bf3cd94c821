import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { protocol } from 'electron';

import { pagePolicy } from '../desk/page-policy.ts';
import { pageScheme, stoppedUrl } from './page-address.ts';
import { stoppedPage } from './stopped-page.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Gives the page's scheme an origin, and the trust of https. Call this before the app is ready. */
export function nameRendererScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built renderer under the page's scheme, and nothing outside the renderer's folder. Call this when the app is
 * ready.
 */
export function serveRenderer(rendererDir: string): void {
  protocol.handle(pageScheme, async ({ url }) => {
    if (url === stoppedUrl) return answer(200, '.html', stoppedPage());
    const { host, pathname } = new URL(url);
    const file = fileOf(rendererDir, pathname);
    const content = host === 'desk' && file !== null ? await readFile(file).catch(() => null) : null;
    if (file === null || content === null) return answer(404, '.html', 'Not found');
    return answer(200, path.extname(file), content);
  });
}

/**
 * The file for a path of the page. Null for a path outside the folder, and for a kind of file that the renderer does not
 * have.
 */
function fileOf(rendererDir: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const file = path.join(rendererDir, decoded === '/' ? 'index.html' : decoded);
  const inside = file.startsWith(rendererDir + path.sep) && !decoded.includes('\0');
  return inside && Object.hasOwn(contentTypes, path.extname(file)) ? file : null;
}

function answer(status: number, extension: string, body: Buffer | string): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    status,
    headers: {
      'content-type': contentTypes[extension] ?? 'application/octet-stream',
      'content-security-policy': pagePolicy(),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  });
}
