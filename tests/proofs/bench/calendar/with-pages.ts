import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fastifyStatic from '@fastify/static';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import fastify from 'fastify';
import { build } from 'vite';

import type { DayView } from '../../../../core/calendar/calendar.ts';

export const calendars = ['holdfast', 'event-calendar', 'big-calendar'] as const;
export type CalendarName = (typeof calendars)[number];

const pagesDir = path.join(import.meta.dirname, 'pages');

/** Builds a production page for each calendar, and serves the pages and the day on the loopback interface. */
export async function withPages<T>(
  day: DayView,
  fn: (urlOf: (name: CalendarName) => string) => Promise<T>,
): Promise<T> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'holdfast-calendars-'));
  const app = fastify({ forceCloseConnections: true });
  try {
    await build({
      root: pagesDir,
      configFile: false,
      logLevel: 'error',
      plugins: [react(), tailwindcss()],
      build: {
        outDir,
        emptyOutDir: true,
        target: 'chrome140',
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 1200,
        rolldownOptions: { input: calendars.map((name) => path.join(pagesDir, `${name}.html`)) },
      },
    });
    await app.register(fastifyStatic, { root: outDir });
    app.get('/day.json', (_request, reply) => reply.send(day));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return await fn((name) => `http://127.0.0.1:${port}/${name}.html`);
  } finally {
    await app.close();
    await rm(outDir, { recursive: true, force: true });
  }
}
